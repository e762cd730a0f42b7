package pipeline

import (
	"image"
	"math"
	"testing"
	"unsafe"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/internal/golden"
	"github.com/longtake/longtake/pipeline/gpu"
	"github.com/longtake/longtake/pipeline/sky"
)

// bodyTwin is cloud_volume.glsl in float64, over the layer's field as it was drawn.
type bodyTwin struct {
	field  []float32
	volume [4]float32
	boil   float64
	layer  layerBlock
	radius float64 // metres from the Earth's middle to the eye
}

func newBodyTwin(t *testing.T, r *Renderer) *bodyTwin {
	w := &bodyTwin{radius: float64(r.air.now.ball[2]) + float64(r.air.now.eyeKm[0]/r.air.now.ball[3])}
	raw := make([]byte, 2*layerTexels*layerTexels)
	if err := r.air.volume.field.Read(0, raw); err != nil {
		t.Fatal(err)
	}
	for _, v := range unsafe.Slice((*uint16)(unsafe.Pointer(&raw[0])), len(raw)/2) {
		w.field = append(w.field, float32(v)/65535)
	}
	w.volume, w.boil = volumeOf(&r.camera, &r.frame.Env, float64(r.air.now.layer[1]), r.frame.Time)
	w.layer = layerBlock{at: r.air.now.layerAt, u: r.air.now.layerU, v: r.air.now.layerV}
	return w
}

func (w *bodyTwin) fieldAt(u, v float64) float64 {
	x, y := u*layerTexels-0.5, v*layerTexels-0.5
	i, j := math.Floor(x), math.Floor(y)
	at := func(a, b float64) float64 {
		return float64(w.field[(int(j+b)&(layerTexels-1))*layerTexels+int(i+a)&(layerTexels-1)])
	}
	f, g := x-i, y-j
	return (at(0, 0)*(1-f)+at(1, 0)*f)*(1-g) + (at(0, 1)*(1-f)+at(1, 1)*f)*g
}

// under is the field that a cloud at a point of the eye frame stands on.
func (w *bodyTwin) under(p mgl64.Vec3) float64 {
	x, banks := float64(w.layer.at[0][3]), 0.55*smooth(1.2e4, 6e4, p.Len())
	for k := range 3 {
		if weight := float64(w.layer.at[k][2]); weight > 0 {
			u, v := w.plane(k, p)
			copyAt := func(a, b float64) float64 { return w.fieldAt((a*u-b*v)/64, (b*u+a*v)/64) - layerMean }
			x += weight * (layerMean + math.Sqrt((1-banks*banks)/2)*(copyAt(64, 0)+copyAt(44, -31)) + banks*copyAt(7, 3))
		}
	}
	return x
}

// plane is where a point of the eye frame lies in the field on plane k.
func (w *bodyTwin) plane(k int, p mgl64.Vec3) (u, v float64) {
	u, v = float64(w.layer.at[k][0]), float64(w.layer.at[k][1])
	for i := range 3 {
		u += float64(w.layer.u[k][i]) * p[i]
		v += float64(w.layer.v[k][i]) * p[i]
	}
	return u, v
}

func noiseAt(p mgl64.Vec3, channel int) float64 {
	texels, sum := cloudNoise(), 0.0
	q := p.Mul(noiseSide).Sub(mgl64.Vec3{0.5, 0.5, 0.5})
	for corner := range 8 {
		weight, at := 1.0, [3]int{}
		for k := range 3 {
			on := corner >> k & 1
			f := q[k] - math.Floor(q[k])
			weight *= f*float64(on) + (1-f)*float64(1-on)
			at[k] = (int(math.Floor(q[k])) + on) & (noiseSide - 1)
		}
		sum += weight * float64(texels[2*((at[2]*noiseSide+at[1])*noiseSide+at[0])+channel]) / 255
	}
	return sum
}

func (w *bodyTwin) rise(p mgl64.Vec3) float64 {
	return p.Add(mgl64.Vec3{0, 0, w.radius}).Len() - w.radius
}

func (w *bodyTwin) density(p mgl64.Vec3) float64 {
	up := w.rise(p) - float64(w.volume[0])
	h := up / float64(w.volume[1])
	if h <= 0 || h >= 1 {
		return 0
	}
	x, heaps, billow := w.under(p), 0.0, 0.0
	for k := range 3 {
		weight := float64(w.layer.at[k][2])
		if weight == 0 {
			continue
		}
		u, v := w.plane(k, p)
		heaps += weight * (noiseAt(mgl64.Vec3{(205*u - 153*v) / 64, (153*u + 205*v) / 64, up/4750 + w.boil}, 0) - 0.5)
		q := mgl64.Vec3{16*u - 12*v, 12*u + 16*v, up/950 + 5*w.boil}
		billow += weight * (noiseAt(q, 1) + 0.4*noiseAt(q.Mul(4), 1) - 0.7)
	}
	x = (x-float64(w.volume[2]))/0.24 - 0.95*math.Pow(h, 1.35) - 0.10*(1-smooth(0, 0.12, h)) - 0.9*smooth(0.65, 1, h)
	x += (0.22 + 0.40*smooth(0, 0.5, h)) * heaps
	if x <= 0 {
		return 0
	}
	low := 1 - smooth(0, 0.16, h)
	thin := (1 - 0.85*low) * max(1-2.4*low*billow, 0.1)
	if x < 0.25 {
		x += (1 - 4*x) * (billow*(-0.16+0.50*smooth(0.03, 0.2, h)) - 0.045)
	}
	return mgl64.Clamp(8*x, 0, 1) * (0.35 + 0.65*h) * thin
}

// through is what clouds let through along a ray up to a distance, by steps of 10 m.
func (w *bodyTwin) through(d mgl64.Vec3, from, to float64) float64 {
	const step = 10.0
	tau := 0.0
	for s := from + step/2; s < to; s += step {
		tau += 0.055 * step * w.density(d.Mul(s))
	}
	return math.Exp(-tau)
}

// marched draws the clouds of the last frame over an empty picture, the mean of n marches.
func marched(t *testing.T, r *Renderer, n int) (mean []float32, w, h int) {
	t.Helper()
	depth, err := gpu.NewTexture("empty", gpu.TextureDesc{Format: gpu.R32F, Width: r.width, Height: r.height})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(depth.Release)
	depth.Clear(0, [4]float32{})
	w, h = half(r.width), half(r.height)
	mean = make([]float32, 4*w*h)
	for k := range n {
		if err := r.marchClouds(depth, k, n); err != nil {
			t.Fatal(err)
		}
		for i, v := range readFloats(t, r.air.volume.light) {
			mean[i] += v / float32(n)
		}
	}
	return mean, w, h
}

// Clouds alone, before what is behind them, drawn once and again.
func TestGoldenCloudBodies(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.CloudSteps = tier(t, "ultra").CloudSteps
	r := newTestRenderer(t, Options{Width: 320, Height: 180, Quality: q})
	for name, v := range map[string][3]float64{"clouds-below": {30, 12, 35}, "clouds-above": {7000, -20, 8}} {
		f := &Frame{View: look(home, 0, 0, v[0], 60, v[1]), Time: 5, Env: Environment{Sun: sunOver(home, v[2], 140), Haze: 1, Exposure: 14, Clouds: 0.4, Stars: []sky.Star{}}}
		shoot := func() *image.NRGBA {
			draw(t, r, f)
			light, w, h := marched(t, r, 4)
			img := image.NewNRGBA(image.Rect(0, 0, w, h))
			for i := range w * h {
				at := 4 * ((h-1-i/w)*w + i%w) // rows from the top
				for k := range 3 {
					img.Pix[at+k] = uint8(255 * math.Sqrt(math.Min(float64(light[4*i+k]), 1)))
				}
				img.Pix[at+3] = 255
			}
			return img
		}
		first := shoot()
		golden.Check(t, "testdata/golden", name, r.surface.Describe().Version, first)
		if d := golden.Compare(first, shoot()); d.Different > 0 {
			t.Errorf("%s drawn twice: %v", name, d)
		}
	}
}

// What clouds with bodies let through, against the same density in float64 integrated by
// short steps along the same rays: from below, from within and from above.
func TestCloudBodiesAgainstTwin(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.CloudSteps = tier(t, "ultra").CloudSteps
	r := newTestRenderer(t, Options{Width: 64, Height: 36, Quality: q})
	for _, v := range []struct{ height, pitch, cover float64 }{{5, 50, 0.3}, {5, 28, 0.5}, {5, 60, 0.8}, {2200, 3, 0.4}, {9000, -40, 0.4}, {9000, -31, 0.7}} {
		f := &Frame{View: look(home, 0, 0, v.height, 70, v.pitch), Time: 33, Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, Exposure: 14, Clouds: v.cover, Stars: []sky.Star{}}}
		draw(t, r, f)
		got, w, h := marched(t, r, 16)
		twin, c := newBodyTwin(t, r), &r.camera
		var sum, want, off, n float64
		for y := 0; y < h; y += 2 {
			for x := 0; x < w; x += 2 {
				d := c.forward.Add(c.right.Mul(c.tanX * (float64(4*x+2)/64 - 1))).Add(c.up.Mul(c.tanY * (float64(4*y+2)/36 - 1))).Normalize()
				a, b := 0.0, 6e4
				if d[2] > 0 && twin.volume[0] > 0 {
					a = float64(twin.volume[0]) * 0.9
					b = (float64(twin.volume[0]) + float64(twin.volume[1])) / d[2]
				}
				g, e := 1-float64(got[4*(y*w+x)+3]), twin.through(d, a, min(b, 6e4))
				sum, want, off, n = sum+g, want+e, off+math.Abs(g-e), n+1
			}
		}
		t.Logf("eye at %v m, pitch %v, cover %v: %.3f comes through, %.3f by the twin; pixels differ by %.3f", v.height, v.pitch, v.cover, sum/n, want/n, off/n)
		if math.Abs(sum-want)/n > 0.02 || off/n > 0.05 {
			t.Errorf("eye at %v m, pitch %v, cover %v: %.3f comes through, %.3f by the twin; pixels differ by %.3f", v.height, v.pitch, v.cover, sum/n, want/n, off/n)
		}
	}
}

// Toward the horizon clouds become more or less from row to row, and nowhere at once: seen
// from the sea by a telescope in clear air, and from above where few of them stand apart.
func TestCloudBankWithoutLines(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.CloudSteps = tier(t, "ultra").CloudSteps
	r := newTestRenderer(t, Options{Width: 320, Height: 180, Quality: q})
	for _, v := range []struct{ height, pitch, fov, cover float64 }{{10, 0.7, 1.2, 0.6}, {6000, -2.2, 0.8, 0.1}} {
		view := look(home, 0, 0, v.height, 60, v.pitch)
		view.FovY = earth.Radians(v.fov)
		draw(t, r, &Frame{View: view, Time: 5, Env: Environment{Sun: sunOver(home, 35, 140), Haze: 0.05, Exposure: 14, Clouds: v.cover, Stars: []sky.Star{}}})
		light, w, h := marched(t, r, 4)
		rows := make([]float64, h)
		for i := range w * h {
			rows[i/w] += float64(light[4*i+3]) / float64(w)
		}
		for y := 1; y < h; y++ {
			if math.Abs(rows[y]-rows[y-1]) > 0.1 {
				t.Errorf("eye at %v m: %.2f° from the level clouds hide %.3f, %.2f° from it %.3f", v.height, v.pitch+v.fov*(float64(y)/float64(h)-0.5), rows[y-1], v.pitch+v.fov*(float64(y+1)/float64(h)-0.5), rows[y])
			}
		}
	}
}

// The share of the sky over the eye that clouds with bodies hide is the cover that was asked
// for, as it is where they are a flat layer.
func TestCloudBodiesCover(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.CloudSteps = 8
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: q})
	for _, cover := range []float64{0.05, 0.25, 0.5, 0.75, 0.95} {
		draw(t, r, &Frame{View: look(home, 0, 0, 2, 0, 20), Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, Exposure: 14, Clouds: cover, Stars: []sky.Star{}}})
		w := newBodyTwin(t, r)
		hidden, shaded, n := 0.0, 0.0, 0.0
		for y := range 40 {
			for x := range 40 {
				at := mgl64.Vec3{(float64(x)/40 - 0.5) * 5 * layerPeriod, (float64(y)/40 - 0.5) * 5 * layerPeriod, 0}
				tau := 0.0
				for up := 15.0; up < float64(w.volume[1]); up += 30 {
					p := at
					p[2] = float64(w.volume[0]) + up - at.LenSqr()/(2*w.radius)
					tau += 0.055 * 30 * w.density(p)
				}
				hidden += 1 - math.Exp(-tau)
				shaded += smooth(-0.13, 0.23, (w.under(at)-float64(w.volume[2]))/0.24)
				n++
			}
		}
		t.Logf("cover %.2f hides %.3f, shades %.3f", cover, hidden/n, shaded/n)
		if math.Abs(hidden/n-cover) > 0.06 || math.Abs(shaded/n-cover) > 0.08 {
			t.Errorf("cover %.2f hides %.3f of the sky, shades %.3f of the ground", cover, hidden/n, shaded/n)
		}
	}
}

// Without clouds nothing is marched and nothing made for it.
func TestNoCloudsNoBodies(t *testing.T) {
	home := earth.Place{Lng: 7, Lat: 43}
	q := tier(t, "draft")
	q.CloudSteps = 24
	r := newTestRenderer(t, Options{Width: 32, Height: 18, Quality: q})
	f := &Frame{View: look(home, 0, 0, 2, 0, 20), Env: Environment{Sun: sunOver(home, 40, 90), Haze: 1, Exposure: 14}}
	draw(t, r, f)
	if r.air.volume.field != nil {
		t.Error("a sky without clouds has made their textures")
	}
	f.Env.Clouds = 0.4
	draw(t, r, f)
	if r.air.volume.field == nil {
		t.Error("a sky with clouds has no bodies")
	}
}
