package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/longtake/longtake/tools/engines"
)

// layerCase is a layer that both draw.
type layerCase struct {
	kind, form string // of deck.gl, see engines.Rows; form "" is not asked of it
	name       string
	rows       int
	layer      string // ours
}

const pointLayer = `type: point, size: {field: field.v, scale: sqrt, domain: [0, 1], range: [1.5, 6]}, color: {field: field.v, domain: [0, 1], palette: turbo}`

var layerCases = []layerCase{
	{"point", "objects", "points", 1e6, pointLayer},
	{"point", "columns", "points, deck.gl from typed arrays", 1e6, pointLayer},
	{"column", "objects", "columns of six sides", 1e5, `type: column, sides: 6, radius: 60, height: {field: field.v, domain: [0, 1], range: [10, 3000]}, color: {field: field.v, domain: [0, 1], palette: viridis}`},
	{"arc", "objects", "arcs", 1e5, `type: arc, lng2: field.lng2, lat2: field.lat2, width: 1.5`},
	{"trip", "objects", "trips of 20 vertices", 1e4, `type: trip, timestamps: field.timestamps, width: 3, trail: 20s, color: {field: field.v, domain: [0, 1], palette: turbo}`},
	{"label", "objects", "labels with collision", 1e4, `type: label, text: field.name, size: 22, priority: field.v`},
	{"hexagon", "objects", "points in hexagons, deck.gl's CPU", 1e6, hexagonLayer},
	{"hexagon", "gpu", "points in hexagons, deck.gl's GPU", 1e6, hexagonLayer},
	{"point", "", "points", 1e7, pointLayer},
}

const hexagonLayer = `type: hexagon, size: 500, shape: flat, height: {field: count, range: [60, 2000]}, color: {field: count, palette: viridis}`

// caseLimit is how long deck.gl may take for a case, and so long we; what is there then is
// what its medians are of. Packages are generated and pages opened besides.
const caseLimit = 24 * time.Second

// layers measures layers of rows here and in deck.gl, one after the other on the same driver.
// Each case is told as soon as it is measured.
func (b *bench) layers() (string, error) {
	missing := engines.HasDeck(b.engines)
	builds, frames, share := 9, 12, 1
	if b.small {
		frames, share = 5, 10
	}
	built := table{head: []string{"what", "rows", "deck.gl ms", "longtake ms", "of it to drawables", "ratio", "goal 3", "CPU: deck.gl ms", "longtake ms", "ratio", "bytes a row: deck.gl", "longtake"}}
	drawn := table{head: []string{"what", "rows", "deck.gl ms", "longtake `draft` ms", "ratio", "longtake `low` ms", "ratio", "CPU: deck.gl ms", "`draft`", "`low`", "frames"}}
	renderer := "not run"
	var failed error
	for _, c := range layerCases {
		if b.kinds != "" && !strings.Contains(","+b.kinds+",", ","+c.kind+",") {
			continue
		}
		began := time.Now()
		n := c.rows / share
		draft, low, err := b.ourRows(c, n, builds, frames)
		if err != nil {
			return built.String() + "\n" + drawn.String(), errors.Join(failed, err)
		}
		theirs := &engines.RowsTimes{}
		if c.form != "" && missing == nil {
			theirs, err = engines.MeasureRows(context.Background(), b.engines, engines.Rows{
				Kind: c.kind, Form: c.form, Count: n, View: rowsView, Builds: builds, Frames: frames, Limit: caseLimit, Width: rowsWidth, Height: rowsHeight,
			})
			if err != nil { // the others are measured nevertheless
				failed, theirs = errors.Join(failed, fmt.Errorf("%s: %w", c.name, err)), &engines.RowsTimes{}
			} else {
				renderer = theirs.Renderer
			}
		}
		ours := draft.build.Whole()
		count := fmt.Sprint(n)
		goal, ratio, their, theirCPU, ratioCPU, bytes, frame, frameCPU, toDraft, toLow := "", "", "", "", "", "", "", "", "", ""
		if len(theirs.Frame) > 0 {
			wall, f := theirs.Build.Whole(), middle(theirs.Frame)
			their, bytes = whole(wall), per(theirs.Bytes, float64(n))
			theirCPU, ratioCPU = whole(theirs.BuildCPU.Whole()), fmt.Sprintf("%.1f ×", theirs.BuildCPU.Whole()/draft.buildCPU.Whole())
			ratio, goal = fmt.Sprintf("%.1f ×", wall/ours), against(wall/ours, 3, false)
			frame, frameCPU = whole(f), whole(middle(theirs.FrameCPU))
			toDraft = fmt.Sprintf("%.1f ×", f/middle(draft.frame))
			if low != nil {
				toLow = fmt.Sprintf("%.1f ×", f/middle(low.frame))
			}
		}
		lowFrame, lowCPU := "", ""
		if low != nil {
			lowFrame, lowCPU = whole(middle(low.frame)), whole(middle(low.frameCPU))
		}
		built.row(c.name, count, their, whole(ours), whole(middle(draft.build.Made)), ratio, goal, theirCPU, whole(draft.buildCPU.Whole()), ratioCPU, bytes, per(draft.bytes, float64(n)))
		drawn.row(c.name, count, frame, whole(middle(draft.frame)), toDraft, lowFrame, toLow, frameCPU, whole(middle(draft.frameCPU)), lowCPU, fmt.Sprintf("%d, %d", len(theirs.Frame), len(draft.frame)))
		fmt.Fprintf(os.Stderr, "%s, %s rows, in %.0f s: built in %s ms, deck.gl %s (%s); frames %s ms, deck.gl %s (%s)\n", c.name, count, time.Since(began).Seconds(),
			whole(ours), their, ratio, whole(middle(draft.frame)), frame, toDraft)
	}
	note := ""
	if missing != nil {
		note = fmt.Sprintf("\nNot beside deck.gl: %v.\n", missing)
	}
	return fmt.Sprintf(`Rows invented around New York, the same for both, at 1280x720. deck.gl 9.3.9 in headless Chromium on
the same driver (%s). Building is from rows in memory to all that the layer draws being on the GPU: in deck.gl the
time until its attributes are made and uploaded (a pixel read back), and what the first frame after that takes longer than the second,
both without what they would draw on the canvas; here the time to drawables, and what the first frame, which uploads them,
takes longer than the second, both without their passes; by the medians. Ours holds the preparation of one frame, with the collisions
of labels; deck.gl decides them in the passes of each of its frames, so its building is without. Garbage is collected before the clock of both. Programs are there, of a layer of 100 rows that is drawn before. Rows are, in deck.gl, objects in
an array that accessors read, as in its examples, with all attributes made of them; of the second line typed
arrays, with radius and colour computed into such; here, columns of a table with a geometry a row,
from which scales, drawables and what lies on the GPU are made. Medians of up to %d builds and %d frames round
the middle, each after one of the place before it; CPU is of all threads and, of the browser, all processes.
A case ends after %.0f s for each of both, with the medians of what it has, one build and one frame at least.
Bytes are of vertex buffers, here of resident drawables. Ratios are deck.gl's time to ours: above 1 ours is faster.

%s
A frame of each, the camera moved:

%s%s
Not like for like: deck.gl's picture is the rows on a plain background on Web Mercator's plane, in float32, antialiased
by the browser's canvas; ours has globe, sky, air, exposure and tone curve on the ellipsoid in float64, and at `+"`low`"+`
ambient occlusion, reflections and TAA. Columns and hexagons are lit and cast shadows here; deck.gl's are shaded by a fixed
light. Arcs are curves that the vertex shader makes, here of as many segments as their bend needs and with joins, in
deck.gl of 48. deck.gl gathers hexagons in parallel rows of Web Mercator, ours have equal areas; its collisions are decided by pixels, ours by boxes.
`, renderer, builds, frames, caseLimit.Seconds(), &built, &drawn, note), failed
}

// mostLow is how many rows are drawn at the tier low as well.
const mostLow = 1e6

// ourRows measures a case here.
func (b *bench) ourRows(c layerCase, n, builds, frames int) (draft, low *rowsTimes, err error) {
	small, err := b.rowsScene(c.kind, c.layer, 100)
	if err != nil {
		return nil, nil, err
	}
	large, err := b.rowsScene(c.kind, c.layer, n)
	if err != nil {
		return nil, nil, err
	}
	if draft, err = drawRows(small, large, "draft", builds, frames, caseLimit*2/3); err != nil || n > mostLow {
		return draft, nil, err
	}
	low, err = drawRows(small, large, "low", 1, frames, caseLimit/3)
	return draft, low, err
}
