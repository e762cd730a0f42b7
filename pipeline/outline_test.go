package pipeline

import (
	"testing"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/layers/drawable"
)

// An outline runs along the rim of what is seen of a feature and leaves the rest alone.
func TestOutlineFollowsTheRim(t *testing.T) {
	r := newTestRenderer(t, Options{Width: 160, Height: 90, Quality: tier(t, "draft")})
	sheet := func(x, y float32, feature uint32) *drawable.Mesh {
		m := &drawable.Mesh{Frame: earth.FrameAt(andorra).Matrix(), Material: drawable.DefaultMaterial()}
		quad(m, [4][3]float32{{x, y, 0}, {x + 10, y, 0}, {x + 10, y, 12}, {x, y, 12}}, [4][2]float32{}, [4]uint8{200, 200, 200, 255}, feature)
		return m.Bound()
	}
	f := &Frame{View: look(andorra, 0, 0, 5, 0, 0), Env: daylight(andorra, 180, 40), Draws: []drawable.Draw{
		{What: sheet(-5, 40, 7)}, {What: sheet(0, 30, 8)}, // the right half of 7 is behind 8
	}}
	draw(t, r, f)
	plain := readImage(t, r)
	id, err := r.Pick(70, 40)
	if err != nil || id != 7 {
		t.Fatalf("picked %d, %v", id, err)
	}
	f.Outlines = []Outline{{IDs: []uint32{7}, Color: [4]uint8{255, 0, 255, 255}, Width: 24}}
	draw(t, r, f)
	lined := readImage(t, r)
	changed, inside := 0, 0
	for y := range 90 {
		for x := range 160 {
			if plain.NRGBAAt(x, y) == lined.NRGBAAt(x, y) {
				continue
			}
			changed++
			near := false // to a change of the feature that is seen
			for d := -4; d <= 4; d++ {
				for e := -4; e <= 4; e++ {
					if id, err := pickOr(r, x+d, y+e); err == nil && id == 7 {
						near = true
					}
				}
			}
			if !near {
				t.Fatalf("%d, %d is far from the feature", x, y)
			}
			if x > 70 && x < 76 && y > 30 && y < 54 {
				inside++
			}
		}
	}
	if changed < 100 || inside > 0 {
		t.Errorf("%d pixels changed, %d of them within", changed, inside)
	}
	if n := testing.AllocsPerRun(5, func() { draw(t, r, f) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
	f.Outlines = nil
	draw(t, r, f)
	if d := golden.Compare(plain, readImage(t, r)); d.Different > 0 {
		t.Errorf("an outline is left: %v", d)
	}
}

// pickOr reads the ids that the outlines were drawn by.
func pickOr(r *Renderer, x, y int) (uint32, error) {
	if x < 0 || y < 0 || x >= r.options.Width || y >= r.options.Height {
		return 0, nil
	}
	p, err := newPicker()
	if err != nil {
		return 0, err
	}
	defer p.release()
	p.begin(r.outliner.ids, x, r.options.Height-1-y)
	id, _ := p.take(true)
	return id, nil
}
