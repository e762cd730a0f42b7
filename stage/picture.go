package stage

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"maps"
	"slices"

	"github.com/longtake/longtake/stage/generate"
)

func nrgba(img image.Image, x, y int) [4]byte {
	c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
	return [4]byte{c.R, c.G, c.B, c.A}
}

// picture reads the renderer's picture with 8 or 16 bits a channel.
func (r *render) picture() (image.Image, error) {
	box := image.Rect(0, 0, r.Size.Width, r.Size.Height)
	if r.Bits16 {
		img := image.NewNRGBA64(box)
		return img, r.renderer.ReadRGBA16(img.Pix)
	}
	img := image.NewNRGBA(box)
	return img, r.renderer.ReadRGBA(img.Pix)
}

// withAlpha keeps the alpha channel of a picture without a transparent pixel, which the
// encoder would leave out: programs that read numbered frames take the first one's channels
// for those of all.
type withAlpha struct{ image.Image }

func (withAlpha) Opaque() bool { return false }

// writeImage writes a PNG with text about it (iTXt chunks), whole or not at all.
func writeImage(path string, img image.Image, text map[string]string) error {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, img); err != nil {
		return err
	}
	const header = 8 + 25 // signature and IHDR
	data := b.Bytes()
	return generate.CreateFile(path, func(w io.Writer) error {
		if _, err := w.Write(data[:header]); err != nil {
			return err
		}
		for _, k := range slices.Sorted(maps.Keys(text)) {
			if _, err := w.Write(textChunk(pngKeywords[k], text[k])); err != nil {
				return err
			}
		}
		_, err := w.Write(data[header:])
		return err
	})
}

// pngKeywords are the registered keywords of the PNG specification (11.3.3.1).
var pngKeywords = map[string]string{"title": "Title", "copyright": "Copyright"}

// textChunk is an uncompressed iTXt chunk (PNG specification, 11.3.3.4).
func textChunk(keyword, text string) []byte {
	body := append([]byte("iTXt"+keyword), 0, 0, 0, 0, 0)
	body = append(body, text...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)-4))
	out = append(out, body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
}
