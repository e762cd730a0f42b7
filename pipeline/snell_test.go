package pipeline

import (
	"math"
	"slices"
	"testing"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
)

// bent is a direction refracted at a surface whose unit normal is against it; ratio is the
// index before over that behind (Snell).
func bent(along, n mgl64.Vec3, ratio float64) (mgl64.Vec3, bool) {
	c := -n.Dot(along)
	k := 1 - ratio*ratio*(1-c*c)
	if k < 0 {
		return along, false
	}
	return along.Mul(ratio).Add(n.Mul(ratio*c - math.Sqrt(k))), true
}

// throughBall is the ray that leaves a ball, by Snell.
func throughBall(from, along, center mgl64.Vec3, radius, index float64) (mgl64.Vec3, mgl64.Vec3, bool) {
	m := from.Sub(center)
	b := m.Dot(along)
	k := b*b - m.LenSqr() + radius*radius
	if k < 0 || -b < 0 {
		return from, along, false
	}
	p := from.Add(along.Mul(-b - math.Sqrt(k)))
	n := p.Sub(center).Mul(1 / radius)
	in, _ := bent(along, n, 1/index)
	p = p.Add(in.Mul(-2 * n.Dot(in) * radius))
	out, ok := bent(in, p.Sub(center).Mul(-1/radius), index)
	return p, out, ok
}

// throughSlab is the ray that leaves a slab between two planes of a unit normal against it.
func throughSlab(from, along, n mgl64.Vec3, near, thick, index float64) (mgl64.Vec3, mgl64.Vec3) {
	p := from.Add(along.Mul((near - n.Dot(from)) / n.Dot(along)))
	in, _ := bent(along, n, 1/index)
	return p.Add(in.Mul(-thick / n.Dot(in))), along
}

// What is seen through a slab and through a ball lies where Snell's law says.
func TestGlassBendsBySnell(t *testing.T) {
	const w, h, index = 320, 180, 1.5
	frame := earth.FrameAt(andorra)
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	eye, tan := frame.ToLocal(view.Eye), math.Tan(view.FovY/2)
	turn := earth.Radians(35)
	sin, cos := math.Sincos(turn)
	normal := mgl64.Vec3{sin, -cos, 0} // of the slab, to the eye
	middle := mgl64.Vec3{0, 8, eyeHigh}
	center := mgl64.Vec3{0.3, 9, eyeHigh}
	for _, c := range []struct {
		name   string
		mesh   *drawable.Mesh
		within func(from, along mgl64.Vec3) bool
		leaves func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool)
		median float64 // pixels
		most   float64 // of nineteen in twenty
		plain  float64 // by how much it is off, at the least, where nothing is bent
	}{
		{"slab", block([3]float32{0, 8, eyeHigh}, [3]float32{5, 0.6, 5}, turn, glassMaterial(index, 1.2, 0)), func(from, along mgl64.Vec3) bool {
			p := from.Add(along.Mul(middle.Sub(from).Dot(normal) / along.Dot(normal))).Sub(middle)
			return math.Abs(p.Dot(mgl64.Vec3{cos, sin, 0})) < 2 && math.Abs(p[2]) < 2.5
		}, func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool) {
			p, d := throughSlab(from, along, normal, normal.Dot(middle)+0.6, 1.2, index)
			return p, d, true
		}, 0.15, 0.4, 2},
		{"ball", ball([3]float32{0.3, 9, eyeHigh}, 1.5, glassMaterial(index, 3, 0)), func(from, along mgl64.Vec3) bool {
			return center.Sub(from).Cross(along).Len() < 1.2
		}, func(from, along mgl64.Vec3) (mgl64.Vec3, mgl64.Vec3, bool) {
			return throughBall(from, along, center, 1.5, index)
		}, 1.2, 2.5, 20},
	} {
		q := tier(t, "high")
		q.SubFrames, q.BloomMips = 1, 0
		r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
		draw(t, r, &Frame{View: view, Env: nightly(), Draws: append(mapped(), drawable.Draw{What: c.mesh})})
		light := buffer(t, r, "light").Data
		pixel := mapAt * 2 * tan / h
		var off, plain []float64
		for i := range w * h {
			x, y := (float64(i%w)+0.5)/w*2-1, 1-(float64(i/w)+0.5)/h*2
			along := frame.DirToLocal(view.Forward.Add(view.Right.Mul(x * tan * w / h)).Add(view.Up.Mul(y * tan))).Normalize()
			if !c.within(eye, along) {
				continue
			}
			at, d, ok := c.leaves(eye, along)
			p := at.Add(d.Mul((mapAt - at[1]) / d[1]))
			if !ok || d[1] <= 0 || math.Abs(p[0]) > 0.92*mapAt*tan*w/h || math.Abs(p[2]-eyeHigh) > 0.92*mapAt*tan {
				continue // beyond the picture
			}
			l := light[3*i : 3*i+3]
			got := mgl64.Vec2{float64(l[0]/l[2])*2*mapHalf - mapHalf, float64(l[1]/l[2])*2*mapHalf - mapHalf + eyeHigh}
			straight := eye.Add(along.Mul((mapAt - eye[1]) / along[1]))
			off = append(off, got.Sub(mgl64.Vec2{p[0], p[2]}).Len()/pixel)
			plain = append(plain, mgl64.Vec2{straight[0], straight[2]}.Sub(mgl64.Vec2{p[0], p[2]}).Len()/pixel)
		}
		slices.Sort(off)
		slices.Sort(plain)
		n := len(off)
		if n < 800 {
			t.Fatalf("%s: %d pixels", c.name, n)
		}
		t.Logf("%s: %d pixels off by %.2f in the median, by less than %.2f in 19 of 20; unbent by %.1f", c.name, n, off[n/2], off[n*19/20], plain[n/2])
		if off[n/2] > c.median || off[n*19/20] > c.most {
			t.Errorf("%s: off by %.2f pixels, 19 of 20 by less than %.2f", c.name, off[n/2], off[n*19/20])
		}
		if plain[n/2] < c.plain {
			t.Errorf("%s: bends by %.2f pixels only", c.name, plain[n/2])
		}
	}
}

// A body takes its part of light by Fresnel and by Beer and Lambert, a thin pane by its two
// faces alone, and shifts nothing.
func TestGlassLetsThrough(t *testing.T) {
	const w, h, index = 96, 54, 1.5
	view := look(andorra, 0, 0, eyeHigh, 0, 0)
	q := tier(t, "low")
	q.TAA, q.BloomMips = false, 0
	r := newTestRenderer(t, Options{Width: w, Height: h, Quality: q, Keep: []string{"light"}})
	f := &Frame{View: view, Env: nightly(), Draws: mapped()}
	draw(t, r, f)
	plain := slices.Clone(buffer(t, r, "light").Data)
	body := glassMaterial(index, 1, 0)
	body.Glass.Left, body.Glass.Distance = [3]float32{0.8, 0.5, 0.25}, 2
	body.Color = [4]float32{0.9, 1, 1, 1}
	thin := glassMaterial(index, 0, 0)
	thin.DoubleSided = true
	once := (index - 1) * (index - 1) / ((index + 1) * (index + 1))
	for _, c := range []struct {
		name string
		mesh *drawable.Mesh
		want [3]float64
	}{
		{"body", block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.5, 6}, 0, body), [3]float64{0.9 * math.Sqrt(0.8), math.Sqrt(0.5), math.Sqrt(0.25)}},
		{"pane", block([3]float32{0, 8, eyeHigh}, [3]float32{6, 0.01, 6}, 0, glassMaterial(index, 0, 0)), [3]float64{1, 1, 1}},
		{"hull", block([3]float32{0, 8, eyeHigh}, [3]float32{2, 2, 2}, 0, thin), [3]float64{1, 1, 1}}, // a pane on each side
	} {
		f.Draws = append(mapped(), drawable.Draw{What: c.mesh})
		draw(t, r, f)
		got, at := buffer(t, r, "light").Data, 3*(h/2*w+w/2)
		for k := range 3 {
			want := c.want[k] * (1 - once) * (1 - once)
			switch through := 1 - 2*once/(1+once); c.name {
			case "pane":
				want = through
			case "hull":
				want = through * through
			}
			if share := float64(got[at+k] / plain[at+k]); math.Abs(share-want) > 0.015 {
				t.Errorf("%s lets %.3f of colour %d through, want %.3f", c.name, share, k, want)
			}
		}
	}
}
