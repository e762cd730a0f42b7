package scene

import (
	"math/big"
	"testing"
)

func TestRates(t *testing.T) {
	for text, want := range map[string]Rate{
		"30": {30, 1}, "25": {25, 1}, "30000/1001": {30000, 1001}, "29.97": {30000, 1001}, "23.976": {24000, 1001}, "23.98": {24000, 1001},
		"59.94": {60000, 1001}, "119.88": {120000, 1001}, "12.5": {25, 2}, "60/2": {30, 1}, "29.9": {299, 10}, "0.5": {1, 2}, "3e1": {30, 1},
	} {
		if got, err := ParseRate(text); err != nil || got != want {
			t.Errorf("%s: got %v %v, want %v", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "0", "-1", "1/0", "x", "1e99", "1e-99", "2000", "NaN", "30/1001/2", "0x10"} {
		if got, err := ParseRate(bad); err == nil {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
}

func TestFrameCounts(t *testing.T) {
	for _, c := range []struct {
		rate     Rate
		from, to Time
		count    int64
	}{
		{Rate{24, 1}, Time{}, Seconds(10), 240},
		{Rate{25, 1}, Time{}, Seconds(10), 250},
		{Rate{30, 1}, Time{}, Seconds(10), 300},
		{Rate{60, 1}, Time{}, Seconds(10), 600},
		{Rate{30000, 1001}, Time{}, Seconds(10), 300},
		{Rate{30000, 1001}, Time{}, Fraction(1001, 100), 300}, // the last frame would be at to itself
		{Rate{30, 1}, Seconds(0.01), Seconds(1), 30},
		{Rate{30, 1}, Seconds(1), Seconds(1), 0},
		{Rate{30, 1}, Seconds(2), Seconds(1), 0},
	} {
		_, n := c.rate.Frames(c.from, c.to)
		if n != c.count {
			t.Errorf("%v from %v to %v: %d frames, want %d", c.rate, c.from, c.to, n, c.count)
		}
		if n > 0 && (!c.rate.At(c.from, n-1).Before(c.to) || c.rate.At(c.from, n).Before(c.to)) {
			t.Errorf("%v from %v to %v: %d is not the count", c.rate, c.from, c.to, n)
		}
	}
	if first, _ := (Rate{30, 1}).Frames(Seconds(2), Seconds(3)); first != 60 {
		t.Errorf("first frame %d", first)
	}
}

// The frames of two ranges that meet are the frames of both together, at any rate and
// far into the story: no drift.
func TestNoDrift(t *testing.T) {
	r := Rate{30000, 1001}
	exact := new(big.Rat).SetFrac64(1001, 30000)
	for _, i := range []int64{1, 29, 107892, 1e9, 31557600 * 30} {
		want := new(big.Rat).Mul(exact, new(big.Rat).SetInt64(i))
		if got := r.Time(i); got.Rat().Cmp(want) != 0 {
			t.Errorf("frame %d at %v, want %v", i, got, want)
		}
		if back, _ := r.Frames(r.Time(i), r.Time(i+1)); back != i {
			t.Errorf("frame %d starts a range at %d", i, back)
		}
	}
}

func TestTimes(t *testing.T) {
	for text, want := range map[string]Time{
		"12s": Seconds(12), "500ms": Seconds(0.5), "1m30s": Seconds(90), "1h": Seconds(3600), "2.5": Fraction(5, 2), "0": {}, "1e1": Seconds(10),
		"1001/30000s": Fraction(1001, 30000), "-1.5s": Fraction(-3, 2), "250us": Fraction(1, 4000), "1m 30s": Seconds(90), "0.1": Fraction(1, 10),
	} {
		got, err := ParseTime(text)
		if err != nil || got != want {
			t.Errorf("%q: got %v %v, want %v", text, got, err, want)
		}
		if again, err := ParseTime(got.String()); err != nil || again != got {
			t.Errorf("%v is read back as %v %v", got, again, err)
		}
	}
	for _, bad := range []string{"", "s", "1x", "1m30", "1/0", "1 2s", "1e999999999", "--1", "1..2s", "99999999h", "1//2"} {
		if got, err := ParseTime(bad); err == nil {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
	if (Time{}) != Seconds(0) || Fraction(2, 4) != Fraction(1, 2) {
		t.Error("equal times differ")
	}
	huge := Fraction(1<<62, 1)
	if huge.Add(huge).Before(huge) {
		t.Error("a sum wrapped")
	}
}
