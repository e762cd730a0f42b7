package pipeline

import (
	"fmt"
	"slices"
	"unsafe"
)

// Keep chooses which buffers the following frames leave behind for Buffer.
func (r *Renderer) Keep(names ...string) error {
	if err := checkBuffers(names); err != nil {
		return err
	}
	if slices.Equal(names, r.options.Keep) {
		return nil
	}
	r.options.Keep = slices.Clone(names)
	return r.build()
}

func checkBuffers(names []string) error {
	for _, n := range names {
		if channels[n] == 0 {
			return fmt.Errorf("no buffer %q: there are %v", n, Buffers)
		}
	}
	return nil
}

// ReadRGBA copies the picture, display values with straight alpha, rows from the top. It
// waits for the GPU. dst holds width·height·4 bytes.
func (r *Renderer) ReadRGBA(dst []byte) error {
	if r.options.Deep {
		return fmt.Errorf("read picture: it has 16 bits a channel, use ReadRGBA16")
	}
	return r.readPicture(dst, 4)
}

// ReadRGBA16 does the same with 16 bits a channel, big-endian as in image.NRGBA64. The
// renderer was made with Options.Deep.
func (r *Renderer) ReadRGBA16(dst []byte) error {
	if !r.options.Deep {
		return fmt.Errorf("read picture: 16 bits need Options.Deep")
	}
	if err := r.readPicture(dst, 8); err != nil {
		return err
	}
	for i := 0; i+1 < len(dst); i += 2 {
		dst[i], dst[i+1] = dst[i+1], dst[i]
	}
	return nil
}

func (r *Renderer) readPicture(dst []byte, texel int) error {
	if !r.drawn {
		return fmt.Errorf("read picture: nothing has been drawn")
	}
	row := r.options.Width * texel
	if need := row * r.options.Height; len(dst) != need {
		return fmt.Errorf("read picture: %d bytes for a picture of %d", len(dst), need)
	}
	if err := r.picture.Read(0, dst); err != nil {
		return err
	}
	flipRows(dst, row)
	if r.frame.Env.Transparent {
		if texel == 4 {
			straighten(dst)
		} else {
			straighten(unsafe.Slice((*uint16)(unsafe.Pointer(&dst[0])), len(dst)/2))
		}
	}
	return nil
}

// straighten divides colours by their alpha: the GPU's picture holds them multiplied by it.
func straighten[T uint8 | uint16](p []T) {
	full := uint32(^T(0))
	for i := 0; i < len(p); i += 4 {
		a := uint32(p[i+3])
		if a == full {
			continue
		}
		for c := i; c < i+3; c++ {
			if a == 0 {
				p[c] = 0
				continue
			}
			p[c] = T(min((uint32(p[c])*full+a/2)/a, full))
		}
	}
}

// flipRows turns rows from the bottom into rows from the top, in place.
func flipRows(p []byte, row int) {
	for a, b := 0, len(p)-row; a < b; a, b = a+row, b-row {
		for i := range row {
			p[a+i], p[b+i] = p[b+i], p[a+i]
		}
	}
}

// Buffer reads a kept buffer of the last frame. It waits for the GPU.
func (r *Renderer) Buffer(name string) (*Plane, error) {
	h, ok := r.kept[name]
	if !ok {
		if channels[name] == 0 {
			return nil, fmt.Errorf("no buffer %q: there are %v", name, Buffers)
		}
		return nil, fmt.Errorf("buffer %s was not kept, or this quality does not make it", name)
	}
	if !r.drawn {
		return nil, fmt.Errorf("buffer %s: nothing has been drawn", name)
	}
	t := r.scene.Tex(h)
	raw := make([]byte, t.Width*t.Height*t.Format.ClientBytes())
	if err := t.Read(0, raw); err != nil {
		return nil, err
	}
	flipRows(raw, t.Width*t.Format.ClientBytes())
	p := &Plane{Name: name, Width: t.Width, Height: t.Height}
	p.decode(raw, t.Format, r.camera.near, float64(r.air.now.sunLight[3]))
	return p, nil
}
