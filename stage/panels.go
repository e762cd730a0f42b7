package stage

import (
	"math"
	"slices"

	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/tiles"
	"github.com/longtake/longtake/layers/canvas"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/panels"
	"github.com/longtake/longtake/pipeline"
	"github.com/longtake/longtake/scene"
)

// gallery keeps the painted panels of a player: each is painted anew where its state, size
// or scale has changed.
type gallery struct {
	painted  map[*drawable.Panel]*painted
	frame    int
	shown    []shownPanel      // of the frame
	panels   []*drawable.Panel // the same
	credits  bool              // one of them writes the credits
	standing []canvas.Box      // of the frame: what is taken by panels in the world
	placed   []placedPanel     // of the frame, the lower ones first
	written  []canvas.Box      // where captions stand, in pixels of a 1080-line picture
	pages    pages
	live     bool // pages of the web are not waited for
	pointed  bool // somebody points at panels
}

type shownPanel struct {
	layer string
	panel *drawable.Panel
	draw  drawable.Draw
	marks *drawable.Marks
}

func newGallery() *gallery { return &gallery{painted: map[*drawable.Panel]*painted{}} }

// begin starts a frame.
func (g *gallery) begin() {
	g.frame++
	g.shown, g.panels, g.placed, g.credits = g.shown[:0], g.panels[:0], g.placed[:0], false
}

// add takes a panel of the frame, of a layer, with the rows that it marks.
func (g *gallery) add(layer string, p *drawable.Panel, d drawable.Draw, marks *drawable.Marks) {
	g.shown = append(g.shown, shownPanel{layer, p, d, marks})
	g.credits = g.credits || p.Credits
}

// place draws the frame's panels where they belong, in their order: boards as meshes, the rest
// as sheets over the picture. Where there is no room for one it is counted.
func (g *gallery) place(f *pipeline.Frame, v *drawable.PanelView, view *tiles.View, ground func(lng, lat float64) float64, live bool, out *leftOut) {
	// What stands in the world is below what lies on the picture, what covers all above both.
	slices.SortStableFunc(g.shown, func(a, b shownPanel) int {
		if d := upon(a.panel) - upon(b.panel); d != 0 {
			return d
		}
		return a.panel.Place.Order - b.panel.Place.Order
	})
	for _, s := range g.shown {
		g.panels = append(g.panels, s.panel)
	}
	scale := float64(view.Height) / 1080
	g.standing = g.standing[:0]
	boxes := panels.Arrange(g.panels, float64(view.Width)/scale, 1080, g.written...)
	for i, s := range g.shown {
		b, p := boxes[i], s.panel
		v.Marks = s.marks
		v.Browse = func(p *drawable.Page, width, height, scale float64) (*drawable.Image, bool) {
			draw := g.pages.now
			if g.live {
				draw = g.pages.later
			}
			img, err := draw(p, pageShot{width, height, scale, v.Time})
			if err != nil {
				out.add("layer "+s.layer, err.Error(), "")
			}
			return img, img == nil && err == nil
		}
		switch p.Place.Layout {
		case drawable.Board:
			g.board(f, s, v, out)
			continue
		case drawable.Facing:
			x, y, ok := facing(p, view, ground)
			if !ok {
				continue
			}
			b.W, b.H = p.Size[0], p.Size[1]
			b.X, b.Y = x/scale-p.Place.Anchor[0]*b.W+p.Place.Offset[0], y/scale-p.Place.Anchor[1]*b.H+p.Place.Offset[1]
			one := g.paint(s.layer, p, v, b.W, b.H, scale, out)
			if one.sheet.Image == nil {
				continue
			}
			room := !slices.ContainsFunc(g.standing, b.Meets)
			if room {
				g.standing = append(g.standing, b)
			}
			if one.come(room, live); one.share == 0 {
				continue
			}
			s.draw.Fade = 1 - (1-s.draw.Fade)*one.share // of this loop's copy
		}
		if b.W <= 0 || b.H <= 0 {
			out.add("layer "+s.layer, "no room for its panel in the picture", "")
			continue
		}
		one := g.paint(s.layer, p, v, b.W, b.H, scale, out)
		if one.sheet.Image == nil {
			continue
		}
		one.sheet.X, one.sheet.Y = int(math.Round(b.X*scale)), int(math.Round(b.Y*scale))
		if one.sheet.Cover = p.Place.Layout == drawable.Cover; !one.sheet.Cover { // what it covers is pointed at
			g.placed = append(g.placed, placedPanel{s.layer, b, one.sheet.Image, one.parts})
		}
		d := s.draw
		d.What = &one.sheet
		f.Draws = append(f.Draws, d)
	}
	g.forget()
}

func upon(p *drawable.Panel) int {
	switch p.Place.Layout {
	case drawable.Facing, drawable.Board:
		return 0
	case drawable.Cover:
		return 2
	}
	return 1
}

// facing is where a panel's place in the world falls on the picture, in pixels from the upper
// left; ok is false where it is not seen.
func facing(p *drawable.Panel, view *tiles.View, ground func(lng, lat float64) float64) (x, y float64, ok bool) {
	to := p.Place.World.Sub(view.Eye)
	depth := to.Dot(view.Forward)
	if depth <= 0 || !p.Place.Over && covered(view.Eye, p.Place.World, ground) {
		return 0, 0, false
	}
	tanY := math.Tan(view.FovY / 2)
	tanX := tanY * float64(view.Width) / float64(view.Height)
	x = (to.Dot(view.Right)/(depth*tanX)*0.5 + 0.5) * float64(view.Width)
	y = (0.5 - to.Dot(view.Up)/(depth*tanY)*0.5) * float64(view.Height)
	return x, y, true
}

// boardScale is the texels of a board for a pixel of a 1080-line picture: sharp from near.
const boardScale = 3

// board draws a panel as a sheet that stands in the world.
func (g *gallery) board(f *pipeline.Frame, s shownPanel, v *drawable.PanelView, out *leftOut) {
	p, d := s.panel, s.draw
	one := g.paint(s.layer, p, v, p.Size[0], p.Size[1], boardScale, out)
	if one.sheet.Image == nil {
		return
	}
	switch {
	case one.mesh == nil:
		one.mesh = boardMesh(p, straight(one.sheet.Image))
	case one.on != one.sheet.Image:
		one.mesh.Material.Texture = straight(one.sheet.Image)
	}
	one.on = one.sheet.Image
	d.What = one.mesh
	f.Draws = append(f.Draws, d)
}

// boardMesh is the quad of a board: Anchor of the panel lies at its place.
func boardMesh(p *drawable.Panel, image *drawable.Image) *drawable.Mesh {
	w := p.Place.Width
	h := w * p.Size[1] / p.Size[0]
	frame := earth.FrameAt(earth.FromECEF(p.Place.World))
	right, up := frame.DirToLocal(p.Place.Axes[0]), frame.DirToLocal(p.Place.Axes[1])
	n := right.Cross(up)
	normal := drawable.EncodeNormal([3]float32{float32(n[0]), float32(n[1]), float32(n[2])})
	m := &drawable.Mesh{Name: image.Name, Frame: frame.Matrix(), Indices: []uint32{0, 1, 2, 0, 2, 3},
		Material: &drawable.Material{Name: "board", Model: drawable.Unlit, Blend: drawable.Alpha, Roughness: 0.9, Reflectance: 0.4, Color: [4]float32{1, 1, 1, 1}, Texture: image, DoubleSided: true}}
	if p.Place.Lit {
		m.Material.Model = drawable.Standard
	}
	for _, c := range [][2]float64{{0, 1}, {1, 1}, {1, 0}, {0, 0}} { // u, v from the upper left
		at := right.Mul((c[0] - p.Place.Anchor[0]) * w).Add(up.Mul((p.Place.Anchor[1] - c[1]) * h))
		m.Vertices = append(m.Vertices, drawable.Vertex{Position: [3]float32{float32(at[0]), float32(at[1]), float32(at[2])}, Normal: normal,
			Color: [4]uint8{255, 255, 255, 255}, UV: [2]float32{float32(c[0]), float32(c[1])}})
	}
	return m.Bound()
}

// straight is a picture with straight alpha, for materials.
func straight(i *drawable.Image) *drawable.Image {
	out := &drawable.Image{Name: i.Name, Width: i.Width, Height: i.Height, Channels: 4, SRGB: true, Brief: true, Pixels: make([]byte, len(i.Pixels))}
	for k := 0; k < len(i.Pixels); k += 4 {
		a := int(i.Pixels[k+3])
		if a == 0 {
			continue
		}
		for c := range 3 {
			out.Pixels[k+c] = uint8(min((int(i.Pixels[k+c])*255+a/2)/a, 255))
		}
		out.Pixels[k+3] = uint8(a)
	}
	return out
}

// panelView is what panels may depend on in a frame.
func (p *Player) panelView(f *pipeline.Frame, m scene.Moment, view *tiles.View) *drawable.PanelView {
	eye := earth.FromECEF(view.Eye)
	local := earth.FrameAt(eye)
	ahead, right := local.DirToLocal(view.Forward), local.DirToLocal(view.Right)
	v := &drawable.PanelView{
		Time: f.Time, Length: p.Doc.Story.Length().Seconds(), Clock: m.SceneTime, Chapter: m.Chapter, Caption: m.Caption, Credits: p.Doc.Credits,
		Playing: !p.stopped, Window: p.links.window, Shown: p.showsLayer,
		Heading: math.Mod(earth.Degrees(math.Atan2(-right[1], right[0]))+360, 360), Pitch: earth.Degrees(math.Asin(mgl64.Clamp(ahead[2], -1, 1))),
		Lng: eye.Lng, Lat: eye.Lat, Height: eye.Height - f.Env.GroundHeight, Eye: [2]float64{eye.Lng, eye.Lat},
	}
	for i := range p.Doc.Story.Chapters {
		v.Chapters = append(v.Chapters, p.Doc.Story.Chapters[i].From.Seconds())
	}
	tan := math.Tan(view.FovY / 2)
	aside := right.Mul(tan * float64(view.Width) / float64(view.Height))
	up := local.DirToLocal(view.Up).Mul(tan)
	for k, c := range [4][2]float64{{-1, 1}, {1, 1}, {1, -1}, {-1, -1}} {
		v.Corners[k] = ahead.Add(aside.Mul(c[0])).Add(up.Mul(c[1]))
	}
	if at, ok := middle(view, p.Ground); ok {
		place := earth.FromECEF(at)
		v.Lng, v.Lat = place.Lng, place.Lat
		v.Ground = at.Sub(view.Eye).Dot(view.Forward) * 2 * math.Tan(view.FovY/2) / 1080
	}
	return v
}

// middle is the ground in the middle of the picture.
func middle(view *tiles.View, ground func(lng, lat float64) float64) (mgl64.Vec3, bool) {
	c := control{pose: scene.Pose{Eye: view.Eye, Right: view.Right, Up: view.Up, Forward: view.Forward, FovY: view.FovY}, ground: ground, width: view.Width, height: view.Height}
	return c.under(float64(view.Width)/2, float64(view.Height)/2)
}
