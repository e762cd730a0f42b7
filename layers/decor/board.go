package decor

import (
	"math"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/layers/mark"
	"github.com/longtake/longtake/layers/scale"
	"github.com/longtake/longtake/scene"
)

var _ = layer.Register(scene.Type{Name: "board", Group: "decoration", Doc: "boards with a picture or a video, standing in the city: screens that shine, posters that are lit",
	New: func() any {
		return &Board{Width: 24, Heading: scale.NumberBy{Constant: 180}, Foot: 6, Kind: "screen", Emission: 1, Play: mark.Plays()}
	},
	Examples: []scene.Example{
		{Layer: `at: {lng: -30.505, lat: 36.499}, image: globe.png, width: 1900, foot: 300, heading: 200`},
		{Name: "poster", Doc: "a poster in the sun", Layer: `at: {lng: -30.505, lat: 36.499}, image: globe.png, width: 1900, foot: 300, kind: poster, heading: 160`},
		{Name: "video", Doc: "a screen that plays a video, a frame for each time of the story", Layer: `at: {lng: -30.505, lat: 36.499}, video: footage.avi, width: 1900, foot: 300, heading: 200`},
	},
})

// Board draws boards of one picture at the points of its rows: 32 bytes a row, for tens of
// thousands.
type Board struct {
	mark.Where
	mark.Play
	Image    string         `json:"image" format:"path" doc:"PNG or JPEG; the board has its proportions"`
	Video    string         `json:"video" format:"path" doc:"in place of an image: a file that ffmpeg reads, such as MP4 or WebM"`
	Width    float64        `json:"width" above:"0" max:"100000" unit:"m" doc:"of the picture"`
	Foot     float64        `json:"foot" min:"0" max:"100000" unit:"m" doc:"of the picture above its place; two legs carry it"`
	Heading  scale.NumberBy `json:"heading" unit:"°" doc:"where it looks to, clockwise from north"`
	Kind     string         `json:"kind" enum:"screen,poster" doc:"a screen shines in the picture's own colours, a poster is lit as all else"`
	Emission float64        `json:"emission" min:"0" max:"100" doc:"brightness of a screen"`
}

// CheckScene wants one thing to show.
func (p *Board) CheckScene(fail func(field, found, allowed string)) {
	if (p.Image == "") == (p.Video == "") {
		fail("image", mark.OneOf(p.Image, p.Video), "an image or a video is needed")
	}
}

// Draw makes instances of a frame with legs, and of the picture before it.
func (p *Board) Draw(c *layer.Context) ([]drawable.Draw, error) {
	t, err := p.Table(c)
	if err != nil {
		return nil, err
	}
	headings, err := p.Heading.Numbers(t)
	if err != nil {
		return nil, err
	}
	picture := drawable.DefaultMaterial()
	picture.Name, picture.Roughness = "picture", 0.5
	if e := float32(p.Emission); p.Kind == "screen" {
		picture.Model, picture.Color = drawable.Unlit, [4]float32{e, e, e, 1}
	}
	groups := mark.Groups(mark.Spots(c, t, func(int) float64 { return p.Where.Height() }, func(i int) bool { return !math.IsNaN(headings[i]) }))
	look := func(row int, it *drawable.Instance) {
		it.Scale, it.Color, it.Yaw = [2]float32{1, 1}, mark.White, float32(math.Pi-earth.Radians(headings[row]))
	}
	if p.Video == "" {
		img, err := mark.Texture(c, p.Image)
		if err != nil {
			return nil, err
		}
		picture.Texture = img
		frame, face := p.shape(picture, float64(img.Height)/float64(img.Width))
		return append(mark.Copies(groups, frame, look), mark.Copies(groups, face, look)...), nil
	}
	_, footage, err := p.Play.Video(c, p.Video, nil)
	if err != nil {
		return nil, err
	}
	frame, face := p.shape(picture, float64(footage.Height)/float64(footage.Width))
	out := mark.Copies(groups, frame, look)
	for _, faces := range mark.Copies(groups, face, look) {
		what := faces.What
		v, _, err := p.Play.Video(c, p.Video, func(shown *drawable.Image) drawable.Drawable {
			picture.Texture = shown
			return what
		})
		if err != nil {
			return nil, err
		}
		faces.What = v
		out = append(out, faces)
	}
	return out, nil
}

// shape is the board's body and its face, of a height a width.
func (p *Board) shape(picture *drawable.Material, aspect float64) (body, face *drawable.Mesh) {
	dark := drawable.DefaultMaterial()
	dark.Name, dark.Color, dark.Roughness, dark.Metallic = "board", [4]float32{0.05, 0.055, 0.06, 1}, 0.4, 0.6
	half, height := p.Width/2, p.Width*aspect
	thick, rim := 0.03*p.Width, 0.02*p.Width
	body = &drawable.Mesh{Name: "board", Material: dark}
	cuboid(body, [3]float64{-half - rim, 0, p.Foot - rim}, [3]float64{half + rim, thick, p.Foot + height + rim})
	if p.Foot > rim {
		for _, x := range []float64{-0.6 * half, 0.6 * half} {
			cuboid(body, [3]float64{x - rim, 0.2 * thick, 0}, [3]float64{x + rim, 0.8 * thick, p.Foot - rim})
		}
	}
	return body.Bound(), upright(picture, -half, half, -0.02*thick, p.Foot, p.Foot+height)
}

// Files lists the files that the layer reads, as a package brings them along.
func (p *Board) Files() []*string { return mark.Given(&p.Image, &p.Video) }

// upright is a picture that looks to -y, the south.
func upright(m *drawable.Material, x0, x1, y, z0, z1 float64) *drawable.Mesh {
	d := &drawable.Mesh{Name: "picture", Material: m, Indices: []uint32{0, 1, 2, 0, 2, 3}}
	for _, q := range [4][4]float64{{x0, z0, 0, 1}, {x1, z0, 1, 1}, {x1, z1, 1, 0}, {x0, z1, 0, 0}} {
		d.Vertices = append(d.Vertices, drawable.Vertex{Position: [3]float32{float32(q[0]), float32(y), float32(q[1])}, Normal: drawable.EncodeNormal([3]float32{0, -1, 0}),
			Color: [4]uint8{255, 255, 255, 255}, UV: [2]float32{float32(q[2]), float32(q[3])}})
	}
	return d.Bound()
}

// cuboid adds a box.
func cuboid(d *drawable.Mesh, lo, hi [3]float64) {
	for axis := range 3 {
		for _, side := range [2]float64{-1, 1} {
			first, n := uint32(len(d.Vertices)), [3]float32{}
			n[axis] = float32(side)
			u, v := (axis+1)%3, (axis+2)%3
			for _, k := range [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}} {
				p := [3]float64{}
				p[axis] = lo[axis]
				if side > 0 {
					p[axis] = hi[axis]
				}
				p[u], p[v] = lo[u]+k[0]*(hi[u]-lo[u]), lo[v]+k[1]*(hi[v]-lo[v])
				d.Vertices = append(d.Vertices, drawable.Vertex{Position: [3]float32{float32(p[0]), float32(p[1]), float32(p[2])}, Normal: drawable.EncodeNormal(n), Color: [4]uint8{255, 255, 255, 255}})
			}
			if side > 0 {
				d.Indices = append(d.Indices, first, first+1, first+2, first, first+2, first+3)
			} else {
				d.Indices = append(d.Indices, first, first+2, first+1, first, first+3, first+2)
			}
		}
	}
}
