package sample

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
)

// Footage is of six seconds that end as they begin.
const (
	footageWidth, footageHeight = 320, 180
	footageRate, footageFrames  = 10, 60
)

// footage films a northern light over the bay: curtains that fold and drift above a dark
// horizon, mirrored in the water.
func (c *city) footage() ([]byte, error) {
	frames := make([][]byte, footageFrames)
	for k := range frames {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, c.aurora(float64(k)/footageFrames), &jpeg.Options{Quality: 82}); err != nil {
			return nil, err
		}
		frames[k] = b.Bytes()
	}
	return motionJPEG(footageWidth, footageHeight, footageRate, frames), nil
}

// curtain is what a column of the picture shows of a band of light: where it begins above the
// horizon, and how bright it is.
type curtain struct{ foot, bright float64 }

// aurora is the picture at a share of the film.
func (c *city) aurora(phase float64) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, footageWidth, footageHeight))
	n := c.rnd + 177
	const horizon = 0.7
	const aspect = float64(footageWidth) / footageHeight
	sin, cos := math.Sincos(2 * math.Pi * phase) // time goes round, so that the end meets the begin
	var curtains [footageWidth][3]curtain
	var ridges [footageWidth]float64
	for i := range footageWidth {
		x := (float64(i) + 0.5) / footageHeight
		for band := range 3 {
			f := float64(band)
			fold := n.fbm3([3]float64{x*1.1 + 5*f, 0.5*cos + 9*f, 0.5 * sin}, 1.3, 4)
			rays := 0.62 + 0.5*n.fbm3([3]float64{x*9 + 4*fold + 3*f, 0.7 * sin, 0.7*cos + 3}, 1, 3)
			curtains[i][band] = curtain{0.16 + 0.15*f + 0.22*fold, math.Max(rays, 0) * (0.95 - 0.2*f)}
		}
		ridges[i] = 0.035 + 0.05*n.fbm3([3]float64{x * 2.2, 40, 0}, 1, 4) + 0.03*math.Exp(-sq((x-0.62*aspect)/0.3))
	}
	for j := range footageHeight {
		v := (float64(j) + 0.5) / footageHeight
		water, up, dim := v > horizon, (horizon-v)/horizon, 1.0
		if water {
			up = (v - horizon) / (1 - horizon)
			dim = 0.55 * (1 - 0.5*up)
		}
		night := mix([3]float64{26, 44, 74}, [3]float64{6, 10, 26}, smoothstep(0, 0.9, up))
		for i := range footageWidth {
			x, h, sky := (float64(i)+0.5)/footageHeight, up, night
			switch {
			case water:
				h += 0.02 * n.value3(x*6/(0.2+up), up*40+2*sin, 7+2*cos)
			case up < ridges[i]:
				img.SetRGBA(i, j, color.RGBA{5, 8, 14, 255})
				continue
			default:
				if star := n.value3(float64(i)*0.9, float64(j)*0.9, 90); star > 0.93 {
					sky = mix(sky, [3]float64{210, 220, 240}, (star-0.93)*9)
				}
			}
			for _, l := range curtains[i] {
				d := h - l.foot
				if d < -0.035 {
					continue
				}
				glow := math.Exp(-math.Max(d, 0)*5.5) * smoothstep(-0.035, 0.02, d) * l.bright
				tone := mix([3]float64{70, 235, 165}, [3]float64{150, 80, 235}, smoothstep(0.02, 0.4, d))
				for k := range sky {
					sky[k] += float64(glow * tone[k])
				}
			}
			img.SetRGBA(i, j, color.RGBA{clamp8(sky[0] * dim), clamp8(sky[1] * dim), clamp8(sky[2] * dim), 255})
		}
	}
	return img
}

// motionJPEG writes an AVI file of pictures in JPEG: a RIFF of a head, the frames, and an index
// of where they lie (Microsoft, AVI RIFF File Reference).
func motionJPEG(width, height, rate int, frames [][]byte) []byte {
	longest, n := 0, uint32(len(frames))
	var movie, index []byte
	for _, f := range frames {
		longest = max(longest, len(f))
		index = append(index, "00dc"...)
		for _, v := range []int{0x10, len("movi") + len(movie), len(f)} { // AVIIF_KEYFRAME
			index = binary.LittleEndian.AppendUint32(index, uint32(v))
		}
		movie = append(movie, chunk("00dc", f)...)
	}
	words := func(v ...uint32) (out []byte) {
		for _, w := range v {
			out = binary.LittleEndian.AppendUint32(out, w)
		}
		return out
	}
	w, h, r := uint32(width), uint32(height), uint32(rate)
	main := words(1e6/r, uint32(longest)*r, 0, 0x10, n, 0, 1, uint32(longest), w, h, 0, 0, 0, 0) // AVIF_HASINDEX
	stream := append([]byte("vidsMJPG"), words(0, 0, 0, 1, r, 0, n, uint32(longest), math.MaxUint32, 0, 0, h<<16|w)...)
	format := append(words(40, w, h, 24<<16|1), "MJPG"...)
	format = append(format, words(w*h*3, 0, 0, 0, 0)...)
	head := append(chunk("avih", main), list("strl", append(chunk("strh", stream), chunk("strf", format)...))...)
	body := append(list("hdrl", head), list("movi", movie)...)
	return chunk("RIFF", append([]byte("AVI "), append(body, chunk("idx1", index)...)...))
}

func chunk(name string, data []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data))), data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

func list(kind string, data []byte) []byte { return chunk("LIST", append([]byte(kind), data...)) }
