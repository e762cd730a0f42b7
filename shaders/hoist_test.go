package shaders

import (
	"strings"
	"testing"
)

func TestHoist(t *testing.T) {
	vertex := Source{Text: "uniform vec2 size;\nout vec2 uv;\nvoid main() {\n\tuv = size;\n}\n"}
	fragment := Source{Text: `layout(std140, binding = 0) uniform Frame {
	mat4 view; // a rotation
	vec4 steps[3];
} frame;
layout(std140, binding = 6) uniform Sky {
	vec4 up;
};
uniform sampler2D source;
uniform vec2 size; // of the picture
#if A
uniform vec4 rows[3];
#else
uniform vec4 rows[3];
#endif
in vec2 uv;
void main() {}
`}
	v, f := Hoist(vertex, fragment, "")
	if want := `in FlatFrame {
	flat mat4 view;
	flat vec4 steps[3];
} frame;
in FlatSky {
	flat vec4 up;
};
uniform sampler2D source;
in Flat_size { flat vec2 size; };
#if A
in Flat_rows { flat vec4 rows[3]; };
#else
in Flat_rows { flat vec4 rows[3]; };
#endif
in vec2 uv;
void main() {}
`; f.Text != want {
		t.Errorf("fragment stage\n%s", f.Text)
	}
	if want := "uniform vec2 size;\nout vec2 uv;\n" +
		"layout(std140, binding = 0) uniform Frame { mat4 view; vec4 steps[3]; } frame; out FlatFrame { flat mat4 view; flat vec4 steps[3]; } flatFrame; " +
		"layout(std140, binding = 6) uniform Sky { vec4 up; } ; out FlatSky { flat vec4 up; } flatSky; " +
		"out Flat_size { flat vec2 size; } flat_size; uniform vec4 rows[3]; out Flat_rows { flat vec4 rows[3]; } flat_rows; " +
		"void main() { flatFrame.view = frame.view; flatFrame.steps = frame.steps; flatSky.up = up; flat_size.size = size; flat_rows.rows = rows;\n" +
		"\tuv = size;\n}\n"; v.Text != want {
		t.Errorf("vertex stage\n%s", v.Text)
	}
	if v, f = Hoist(vertex, fragment, "Sky"); strings.Contains(v.Text, "Sky") || !strings.Contains(f.Text, "uniform Sky {\n\tvec4 up;\n};") || !strings.Contains(f.Text, "in FlatFrame {") {
		t.Errorf("a block that is to stay\n%s\n%s", v.Text, f.Text)
	}
}
