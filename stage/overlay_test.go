package stage

import (
	"strings"
	"testing"
	"time"

	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

func TestOverlayTellsOfTheFrames(t *testing.T) {
	s := pipeline.Stats{Triangles: 1_500_000, Draws: 321, Bytes: 64e6, Passes: []pipeline.PassTime{{Name: "shadow", Milliseconds: 2}, {Name: "lighting", Milliseconds: 7}}}
	lines := overlayText([]time.Duration{9 * time.Millisecond, 10 * time.Millisecond, 40 * time.Millisecond}, s, 80e6, Shot{Width: 640, Height: 360})
	text := strings.Join(lines, "\n")
	for _, want := range []string{"10.0 ms (worst 40.0) · 100 frames/s · 640×360", "1.50 M triangles · 321 draws · GPU 64 MB · tiles 80 MB", "7.00 ms  lighting\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// TestOverlayIsInThePicture holds live frames with the overlay against frames without.
func TestOverlayIsInThePicture(t *testing.T) {
	l := openLive(t, dotPlayer(t), "draft")
	draw := func() []byte {
		if _, err := l.draw(t.Context(), scene.Time{}, nil); err != nil {
			t.Fatal(err)
		}
		data := make([]byte, 4*l.size.Width*l.size.Height)
		if err := l.renderer.ReadRGBA(data); err != nil {
			t.Fatal(err)
		}
		return data
	}
	plain := draw()
	var err error
	if l.overlay, err = newOverlay(); err != nil {
		t.Fatal(err)
	}
	l.took(10 * time.Millisecond)
	lit := draw()
	changed, outside := 0, 0
	for i := 0; i < len(lit); i += 4 {
		if lit[i] > plain[i]+60 {
			changed++
			if y := i / 4 / l.size.Width; y > l.size.Height/2 {
				outside++
			}
		}
	}
	if changed < 60 || 10*outside > changed {
		t.Errorf("%d pixels are lit by the overlay, %d of them in the lower half", changed, outside)
	}
}
