package traffic

import (
	"math"
	"reflect"
	"runtime"
	"testing"

	"github.com/longtake/longtake/geo/street"
)

// crossing is two streets of one lane each way that cross at a signal in the middle.
func crossing() *street.Graph {
	g := &street.Graph{}
	ends := [4][2]float64{{-300, 0}, {300, 0}, {0, -300}, {0, 300}}
	for _, e := range ends {
		l := math.Hypot(e[0], e[1])
		u := [2]float64{e[0] / l, e[1] / l}
		side := [2]float64{-u[1] * 1.7, u[0] * 1.7} // left of the way out
		at := func(d, s float64) [3]float64 {
			return [3]float64{u[0]*d + s*side[0], u[1]*d + s*side[1], 0}
		}
		g.Lanes = append(g.Lanes,
			street.Lane{Owned: true, Class: "highway=primary", Kind: street.Drive, Speed: 14, Line: [][3]float64{at(300, 1), at(150, 1), at(8, 1)}, From: e, Halt: street.Signal},
			street.Lane{Owned: true, Class: "highway=primary", Kind: street.Drive, Speed: 14, Line: [][3]float64{at(8, -1), at(150, -1), at(300, -1)}, To: e})
	}
	for i := range 4 {
		for k := range 4 {
			a, b := g.Lanes[2*i], g.Lanes[2*k+1]
			p, q := a.Line[len(a.Line)-1], b.Line[0]
			in := math.Atan2(p[1]-a.Line[1][1], p[0]-a.Line[1][0])
			out := math.Atan2(b.Line[1][1]-q[1], b.Line[1][0]-q[0])
			g.Turns = append(g.Turns, street.Turn{From: 2 * i, To: 2*k + 1, Line: [][3]float64{p, q}, Angle: math.Remainder(out-in, 2*math.Pi)})
		}
	}
	return g
}

// network is that of graphs whose lanes are named by their ends.
func network(t *testing.T, gs ...*street.Graph) *Network {
	return networkIn(t, 1<<20, gs...)
}

// networkIn holds limit bytes of a kind of record in memory.
func networkIn(t *testing.T, limit int, gs ...*street.Graph) *Network {
	t.Helper()
	n := NewNetwork(t.TempDir(), limit)
	t.Cleanup(func() { _ = n.Close() })
	name := func(p [3]float64) uint64 { return mix(math.Float64bits(p[0]) ^ mix(math.Float64bits(p[1]))) }
	for _, g := range gs {
		for i := range g.Lanes {
			l := &g.Lanes[i]
			l.Start, l.End = name(l.Line[0]), name(l.Line[len(l.Line)-1])
		}
		p, err := ReadPart(PartOf(g).Append(nil))
		if err == nil {
			err = n.Add(p)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func routes(t *testing.T, n *Network) (out []*route) {
	t.Helper()
	if err := n.routes(func(r *route) error { out = append(out, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func runs(t *testing.T, n *Network, density float64) (out []Run) {
	t.Helper()
	if err := n.Runs(density, func(r []Run) error { out = append(out, r...); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRoutesGoStraightOn(t *testing.T) {
	rs := routes(t, network(t, crossing()))
	if len(rs) != 4 {
		t.Fatalf("%d routes of 8 lanes, want 4 that cross the junction", len(rs))
	}
	for _, r := range rs {
		if math.Abs(r.length()-600) > 5 || len(r.halts) != 1 {
			t.Errorf("a route of %.0f m with %d halts", r.length(), len(r.halts))
		}
	}
}

// Two blocks know the same junction and own a street each; one of them owns the junction.
func TestRoutesLeadFromBlockToBlock(t *testing.T) {
	for _, limit := range []int{0, 1 << 20} {
		a, b := crossing(), crossing()
		for i := range a.Lanes {
			a.Lanes[i].Owned = i < 4
			b.Lanes[i].Owned = i >= 4
		}
		a.Turns = nil
		n := networkIn(t, limit, a, b)
		if n.Lanes() != 8 {
			t.Errorf("%d lanes", n.Lanes())
		}
		rs := routes(t, n)
		for _, r := range rs {
			if math.Abs(r.length()-600) > 5 {
				t.Errorf("a route of %.0f m", r.length())
			}
		}
		if len(rs) != 4 {
			t.Errorf("%d routes", len(rs))
		}
	}
}

// What lies on disk gives the same runs.
func TestSpilledNetwork(t *testing.T) {
	var gs []*street.Graph
	for i := range 40 {
		g := crossing()
		for k := range g.Lanes {
			for j := range g.Lanes[k].Line {
				g.Lanes[k].Line[j][0] += 700 * float64(i)
			}
		}
		for k := range g.Turns {
			for j := range g.Turns[k].Line {
				g.Turns[k].Line[j][0] += 700 * float64(i)
			}
		}
		gs = append(gs, g)
	}
	want, got := runs(t, networkIn(t, 1<<20, gs...), 1), runs(t, networkIn(t, 0, gs...), 1)
	if len(want) < 300 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d and %d runs", len(got), len(want))
	}
}

func FuzzReadPart(f *testing.F) {
	f.Add([]byte{0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := ReadPart(b)
		if err != nil {
			return
		}
		if _, err := ReadPart(p.Append(nil)); err != nil {
			t.Error("what was read cannot be written:", err)
		}
	})
}

// placeOfRun is how far a run's vehicle of a cycle has come at a time; ok while it is under way.
func placeOfRun(r *Run, cycle int, t float64) (s float64, ok bool) {
	t -= r.Start + float64(cycle)*Cycle
	n := len(r.Times)
	if t < r.Times[0] || t > r.Times[n-1] {
		return 0, false
	}
	for i := 1; i < n; i++ {
		if t <= r.Times[i] {
			f := (t - r.Times[i-1]) / (r.Times[i] - r.Times[i-1])
			return r.Metres[i-1] + f*(r.Metres[i]-r.Metres[i-1]), true
		}
	}
	return 0, false
}

func TestNobodyRunsIntoTheOneAhead(t *testing.T) {
	runs := runs(t, network(t, crossing()), 1)
	if len(runs) < 8 {
		t.Fatalf("%d runs", len(runs))
	}
	for at := 1000.0; at < 1000+2*Cycle; at += 0.5 {
		for i := range runs {
			for k := range runs {
				if runs[i].Line[0] != runs[k].Line[0] {
					continue
				}
				for c := range 20 {
					for d := range 20 {
						if i == k && c == d {
							continue
						}
						a, ok1 := placeOfRun(&runs[i], c+5, at)
						b, ok2 := placeOfRun(&runs[k], d+5, at)
						if ok1 && ok2 && a >= b && a-b < 3.5 {
							t.Fatalf("at %.1f s vehicles are at %.1f and %.1f m", at, a, b)
						}
					}
				}
			}
		}
	}
}

func TestRedIsRed(t *testing.T) {
	r := routes(t, network(t, crossing()))[0]
	h := r.halts[0]
	for _, run := range runs(t, network(t, crossing()), 1) {
		if run.Line[0] != r.line[0] {
			continue
		}
		for i := 1; i < len(run.Times); i++ {
			a, b := run.Metres[i-1], run.Metres[i]
			if b < a {
				t.Fatal("a vehicle drives backwards")
			}
			if a < h.at && b >= h.at && b > a {
				at := run.Start + run.Times[i-1] + (h.at-a)/(b-a)*(run.Times[i]-run.Times[i-1])
				late := h
				if !h.open(at) && !late.open(at-clearing) {
					t.Errorf("a vehicle passes at %.1f s of its cycle, when the light is red", math.Mod(at, Cycle))
				}
			}
		}
	}
}

func TestCrossingStreetsTakeTurns(t *testing.T) {
	ew, ns := halt{angle: 0.2, kind: street.Signal}, halt{angle: 0.2 + math.Pi/2, kind: street.Signal}
	we := halt{angle: 0.2 + math.Pi, kind: street.Signal}
	open := 0
	for s := 0.0; s < Cycle; s += 0.25 {
		if ew.open(s) && ns.open(s) {
			t.Fatalf("both streets go at %g s", s)
		}
		if ew.open(s) != we.open(s) {
			t.Fatalf("the two directions of a street differ at %g s", s)
		}
		if ew.open(s) {
			open++
		}
	}
	if open == 0 {
		t.Error("a street never goes")
	}
}

func TestSameRunsOnAnyNumberOfCores(t *testing.T) {
	want := runs(t, network(t, crossing()), 1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := runs(t, network(t, crossing()), 1); !reflect.DeepEqual(got, want) {
		t.Error("the runs differ")
	}
}

func TestShareOfHours(t *testing.T) {
	if Share(3.5) > 0.1 || Share(8) != 1 || Share(24.5) != Share(0.5) || Share(-1) != Share(23) {
		t.Errorf("%g %g %g %g", Share(3.5), Share(8), Share(24.5), Share(-1))
	}
}

func TestDensity(t *testing.T) {
	few, many := runs(t, network(t, crossing()), 0.2), runs(t, network(t, crossing()), 2)
	if len(few) >= len(many) || runs(t, network(t, crossing()), 0) != nil {
		t.Errorf("%d and %d runs", len(few), len(many))
	}
}

func TestLongRoadsAreCut(t *testing.T) {
	g := &street.Graph{}
	for i := range 12 {
		x := 700 * float64(i)
		g.Lanes = append(g.Lanes, street.Lane{Owned: true, Class: "highway=motorway", Speed: 30, Line: [][3]float64{{x, 0, 0}, {x + 690, 0, 0}}, From: [2]float64{x, 0}, To: [2]float64{x + 700, 0}})
		if i > 0 {
			g.Turns = append(g.Turns, street.Turn{From: i - 1, To: i, Line: [][3]float64{{x - 10, 0, 0}, {x, 0, 0}}})
		}
	}
	rs := routes(t, network(t, g))
	if len(rs) != 2 {
		t.Fatalf("%d routes", len(rs))
	}
	for _, r := range rs {
		if r.length() > maxRoute+700 || r.length() < 1000 {
			t.Errorf("a route of %.0f m", r.length())
		}
	}
}
