package generate

import "testing"

// Whatever phases a run has, its share grows, and is whole at the end alone.
func TestShareOfARun(t *testing.T) {
	for _, layers := range []int{0, 1, 4, 12} {
		last := 0.0
		m := newMeter(func(p Progress) {
			if p.Share < last || p.Share >= 1 {
				t.Fatalf("%d layers: %s: %v after %v", layers, p.Task, p.Share, last)
			}
			last = p.Share
		})
		m.expect(layers, layers/2)
		for range 3 * layers {
			m.phase("survey", 2, 2)(2)
		}
		objects := m.phase("buildings and trees", 7, 50)
		for i := range 7 {
			objects(i + 1)
		}
		for range layers {
			m.phase("tiles above", 1, 8)(1)
		}
		before := last
		m.phase("ground", 1, 25)(1)
		if last <= before {
			t.Fatalf("%d layers: the ground is of no matter at %v", layers, before)
		}
		if m.end(); m.done != m.total {
			t.Fatalf("%d layers: %v of %v at the end", layers, m.done, m.total)
		}
	}
}
