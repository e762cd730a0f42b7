package tiles

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/go-gl/mathgl/mgl64"
)

// passes tells whether the straight line from a to b stays out of the ball.
func passes(a, b mgl64.Vec3) bool {
	d := b.Sub(a)
	t := min(max(-a.Dot(d)/d.Dot(d), 0), 1)
	return a.Add(d.Mul(t)).Len() >= earthCore
}

func TestHorizonHidesNothingThatIsSeen(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	direction := func() mgl64.Vec3 {
		v := mgl64.Vec3{random.NormFloat64(), random.NormFloat64(), random.NormFloat64()}
		return v.Normalize()
	}
	hidden, behind := 0, 0
	for range 4000 {
		eye := direction().Mul(earthCore + 11000 + math.Exp(random.Float64()*16))
		v := Volume{Center: direction().Mul(earthCore + 30000*random.Float64()), Radius: math.Exp(random.Float64() * 14)}
		seen := passes(eye, v.Center)
		for range 60 {
			seen = seen || passes(eye, v.Center.Add(direction().Mul(v.Radius)))
		}
		if !seen {
			behind++
		}
		if horizonOf(eye).hides(v) {
			hidden++
			if seen {
				t.Fatalf("from %v a ball of %.0f m at %v is hidden", eye, v.Radius, v.Center)
			}
		}
	}
	if hidden < behind*3/4 {
		t.Errorf("%d of %d volumes behind the Earth are hidden", hidden, behind)
	}
}
