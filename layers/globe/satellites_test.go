package globe

import (
	"math"
	"testing"

	"github.com/akhenakh/sgp4"
)

const (
	vanguard = "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753\n2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667"
	delta    = "1 06251U 62025E   06176.82412014  .00008885  00000-0  12808-3 0  3985\n2 06251  58.0579  54.0425 0030035 139.1568 221.1854 15.56387291  6774"
)

// Positions are those that Vallado et al. 2006 (Revisiting Spacetrack Report #3, AIAA
// 2006-6753) publish for their verification: kilometres by minutes since epoch.
func TestPublishedPositions(t *testing.T) {
	for _, v := range []struct {
		lines   string
		minutes float64
		want    [3]float64
	}{
		{vanguard, 0, [3]float64{7022.46529266, -1400.08296755, 0.03995155}},
		{vanguard, 360, [3]float64{-7154.03120202, -3783.17682504, -3536.19412294}},
		{delta, 0, [3]float64{3988.31022699, 5498.96657235, 0.90055879}},
		{delta, 120, [3]float64{-3935.69800083, 409.10980837, 5471.33577327}},
	} {
		s, err := sgp4.ParseTLE(v.lines)
		if err != nil {
			t.Fatal(err)
		}
		e, err := s.FindPosition(v.minutes)
		if err != nil {
			t.Fatal(err)
		}
		for k, got := range [3]float64{e.Position.X, e.Position.Y, e.Position.Z} {
			if math.Abs(got-v.want[k]) > 1e-6 {
				t.Errorf("%s after %g min: axis %d is %.8f, published %.8f", v.lines[2:7], v.minutes, k, got, v.want[k])
			}
		}
	}
}

func TestReadElements(t *testing.T) {
	skipped := map[string]int{}
	skip := func(_, reason string) { skipped[reason]++ }
	geostationary := "1 28626U 05008A   06176.46683397 -.00000205  00000-0  10000-3 0  2190\n2 28626   0.0019 286.9433 0000335  13.7918  55.6504  1.00270176  4891"
	got, err := readElements([]byte("VANGUARD 1\r\n"+vanguard+"\n\n"+geostationary+"\n2 nothing\n1 short\n"+delta), skip)
	if err != nil || len(got) != 2 {
		t.Fatalf("%d satellites, %v", len(got), err)
	}
	if skipped["an orbit of 225 minutes or more: deep space is not computed"] != 1 {
		t.Errorf("skipped %v", skipped)
	}
	if _, err := readElements([]byte("hello"), skip); err == nil {
		t.Error("no elements and no error")
	}
}

func FuzzReadElements(f *testing.F) {
	f.Add([]byte(vanguard))
	f.Add([]byte(`[{"OBJECT_NAME":"A","MEAN_MOTION":15.5,"EPOCH":"2026-01-01T00:00:00"}]`))
	f.Add([]byte("1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4\n2 00005"))
	f.Fuzz(func(t *testing.T, data []byte) {
		all, err := readElements(data, func(string, string) {})
		if err != nil {
			return
		}
		for _, s := range all {
			place(s, s.EpochTime())
		}
	})
}
