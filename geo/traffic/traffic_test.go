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
			street.Lane{Class: "highway=primary", Kind: street.Drive, Speed: 14, Line: [][3]float64{at(300, 1), at(150, 1), at(8, 1)}, From: e, Halt: street.Signal},
			street.Lane{Class: "highway=primary", Kind: street.Drive, Speed: 14, Line: [][3]float64{at(8, -1), at(150, -1), at(300, -1)}, To: e})
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

func network(gs ...*street.Graph) *Network {
	n := &Network{}
	for _, g := range gs {
		n.Add(g)
	}
	return n
}

func TestRoutesGoStraightOn(t *testing.T) {
	rs := network(crossing()).routes()
	if len(rs) != 4 {
		t.Fatalf("%d routes of 8 lanes, want 4 that cross the junction", len(rs))
	}
	for _, r := range rs {
		if math.Abs(r.length()-600) > 5 || len(r.halts) != 1 {
			t.Errorf("a route of %.0f m with %d halts", r.length(), len(r.halts))
		}
	}
}

func TestLanesOfTwoBlocksAreOne(t *testing.T) {
	if n := network(crossing(), crossing()); n.Lanes() != 8 {
		t.Errorf("%d lanes", n.Lanes())
	}
}

// place is how far a run's vehicle of a cycle has come at a time; ok while it is under way.
func place(r *Run, cycle int, t float64) (s float64, ok bool) {
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
	runs := network(crossing()).Runs(1)
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
						a, ok1 := place(&runs[i], c+5, at)
						b, ok2 := place(&runs[k], d+5, at)
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
	n := network(crossing())
	r := n.routes()[0]
	h := r.halts[0]
	for _, run := range n.Runs(1) {
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
	want := network(crossing()).Runs(1)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := network(crossing()).Runs(1); !reflect.DeepEqual(got, want) {
		t.Error("the runs differ")
	}
}

func TestShareOfHours(t *testing.T) {
	if Share(3.5) > 0.1 || Share(8) != 1 || Share(24.5) != Share(0.5) || Share(-1) != Share(23) {
		t.Errorf("%g %g %g %g", Share(3.5), Share(8), Share(24.5), Share(-1))
	}
}

func TestDensity(t *testing.T) {
	few, many := network(crossing()).Runs(0.2), network(crossing()).Runs(2)
	if len(few) >= len(many) || network(crossing()).Runs(0) != nil {
		t.Errorf("%d and %d runs", len(few), len(many))
	}
}

func TestLongRoadsAreCut(t *testing.T) {
	g := &street.Graph{}
	for i := range 12 {
		x := 700 * float64(i)
		g.Lanes = append(g.Lanes, street.Lane{Class: "highway=motorway", Speed: 30, Line: [][3]float64{{x, 0, 0}, {x + 690, 0, 0}}, From: [2]float64{x, 0}, To: [2]float64{x + 700, 0}})
		if i > 0 {
			g.Turns = append(g.Turns, street.Turn{From: i - 1, To: i, Line: [][3]float64{{x - 10, 0, 0}, {x, 0, 0}}})
		}
	}
	rs := network(g).routes()
	if len(rs) != 2 {
		t.Fatalf("%d routes", len(rs))
	}
	for _, r := range rs {
		if r.length() > maxRoute+700 || r.length() < 1000 {
			t.Errorf("a route of %.0f m", r.length())
		}
	}
}
