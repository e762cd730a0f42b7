package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/longtake/longtake/tools/engines"
)

// peers measures the plain city here and in three.js, one after the other on the same
// driver.
func (b *bench) peers() (string, error) {
	dir := filepath.Join("tools", "engines")
	if err := engines.Available(dir); err != nil {
		return "", err
	}
	frames := 12
	if b.small {
		frames = 2
	}
	job := engines.Boxes{Rows: b.boxes, Frames: frames, Width: 1280, Picture: 720}
	if _, err := fmt.Sscanf(boxesOrbit+","+boxesFOV, "%g,%g,%g,%g,%g", &job.Lng, &job.Lat, &job.Radius, &job.Height, &job.FovY); err != nil {
		return "", err
	}
	theirs := map[string]float64{}
	renderer := ""
	for _, effects := range [][]string{nil, {"gtao"}, {"ssr"}, {"gtao", "ssr"}} {
		f, err := engines.Measure(context.Background(), dir, withEffects(job, effects))
		if err != nil {
			return "", err
		}
		theirs[strings.Join(effects, " and ")], renderer = middle(f.Milliseconds), f.Renderer
	}
	args := []string{"--orbit", boxesOrbit, "--fov", boxesFOV}
	white, err := b.whiteBoxes()
	if err != nil {
		return "", err
	}
	same, err := b.frame(white, "low", fmt.Sprint(frames), args...)
	if err != nil {
		return "", err
	}
	windows, err := b.pack(b.boxes)
	if err != nil {
		return "", err
	}
	rich, err := b.frame(windows, "low", fmt.Sprint(frames), args...)
	if err != nil {
		return "", err
	}
	t := table{head: []string{"three.js with a shadow map of 2048²", "ms", "longtake, the same prisms, ms", "three.js / longtake", "longtake, with windows and roofs, ms", "three.js / longtake"}}
	for _, name := range []string{"", "gtao", "ssr", "gtao and ssr"} {
		ms := theirs[name]
		t.row("and "+cmp.Or(name, "nothing else"), fmt.Sprintf("%.0f", ms), fmt.Sprintf("%.0f", same.MedianMS), fmt.Sprintf("%.1f ×", ms/same.MedianMS),
			fmt.Sprintf("%.0f", rich.MedianMS), fmt.Sprintf("%.1f ×", ms/rich.MedianMS))
	}
	return fmt.Sprintf(`The 20,000 plain buildings at 1280x720, `+"`--orbit %s --fov %s`"+`: medians of frames with a camera that has moved,
shadows redrawn, each finished (a pixel read back) before the clock stops. three.js 0.187 in
headless Chromium on the same driver (%s), all buildings one mesh, no level of detail; its
GTAOPass and SSRPass as they come, at full size, each drawing the scene's normals once more. Ours at
`+"`low`"+` with all of its effects: two cascades, GTAO, SSR at the sizes of the tier, sky and aerial perspective,
TAA, bloom, exposure; frames drawn at three quarters of the picture's sides, which TAA makes up for; once the same prisms (a white model, %d triangles drawn, on a globe), once with the windows,
roofs and parapets that it gives them by itself (%d).
Not like for like: three draws all of the picture's pixels in each frame; its SSR marches up to a step a pixel and blurs, ours has the tier's steps, and does not run
where nothing in the view is smooth, as on the white prisms; three has one sharp shadow map round the middle and a plain background.

%s
Goals, of the same prisms: at least 11 × faster than with both: %s; not slower than with the shadow map alone: %s; a whole
frame in 120 ms: %s.
`, boxesOrbit, boxesFOV, renderer, same.Triangles, rich.Triangles, &t, against(theirs["gtao and ssr"]/same.MedianMS, 11, false), against(same.MedianMS, theirs[""], true), against(same.MedianMS, 120, true)), nil
}

// whiteBoxes is a package of the boxes as they are: prisms without windows and roofs.
func (b *bench) whiteBoxes() (string, error) {
	path := filepath.Join(b.dir, "white.yaml")
	doc := fmt.Sprintf("longtake: 1\nsources: { boxes: { type: vector, path: %q } }\nlayers: [{ id: boxes, type: buildings, source: boxes, all: true, flat: true }]\n", b.boxes)
	if err := os.WriteFile(path, []byte(doc), 0o644); err != nil {
		return "", err
	}
	return b.pack(path)
}

func withEffects(b engines.Boxes, effects []string) engines.Boxes {
	b.Effects = effects
	return b
}

// middle is the median.
func middle(v []float64) float64 { return engines.Median(v) }
