package lines

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Wall gathers upright walls into one mesh: post after post, with the wall between them. V
// goes from 0 at the foot to 1 at the top.
type Wall struct {
	mesh  *drawable.Mesh
	frame earth.Frame
	posts int // of the wall that is being built
	last  mgl64.Vec3
}

// Post is where a wall bends.
type Post struct {
	Foot      mgl64.Vec3 // ECEF
	Height    float64
	Low, High scene.Color // of foot and top
	U         float64
	Feature   uint32
}

// NewWall starts a mesh in a frame around places.
func NewWall(around []mgl64.Vec3, m *drawable.Material) *Wall {
	f := layer.Frame(around)
	return &Wall{mesh: &drawable.Mesh{Name: m.Name, Frame: f.Matrix(), Material: m}, frame: f}
}

// Begin starts another wall.
func (w *Wall) Begin() { w.posts = 0 }

// Along is how many metres the next foot is behind the last one.
func (w *Wall) Along(foot mgl64.Vec3) float64 {
	if w.posts == 0 {
		return 0
	}
	return foot.Sub(w.last).Len()
}

// Add goes on to a post.
func (w *Wall) Add(p Post) {
	foot := p.Foot
	up := earth.FromECEF(foot).Up()
	side := mgl64.Vec3{1, 0, 0}
	if w.posts > 0 {
		side = foot.Sub(w.last).Cross(up)
	}
	if side.Len() > 1e-9 {
		side = w.frame.DirToLocal(side.Normalize())
	}
	n := drawable.EncodeNormal([3]float32{float32(side[0]), float32(side[1]), float32(side[2])})
	k := uint32(len(w.mesh.Vertices))
	u := float32(p.U)
	w.mesh.Vertices = append(w.mesh.Vertices,
		drawable.Vertex{Position: layer.Local(w.frame, foot), Normal: n, Color: p.Low, UV: [2]float32{u, 0}, Feature: p.Feature},
		drawable.Vertex{Position: layer.Local(w.frame, foot.Add(up.Mul(p.Height))), Normal: n, Color: p.High, UV: [2]float32{u, 1}, Feature: p.Feature})
	if w.posts > 0 {
		w.mesh.Indices = append(w.mesh.Indices, k-2, k, k+1, k-2, k+1, k-1)
		if w.posts == 1 {
			w.mesh.Vertices[k-2].Normal, w.mesh.Vertices[k-1].Normal = n, n
		}
	}
	w.posts, w.last = w.posts+1, foot
}

// Draws closes the mesh; nothing where it has no wall.
func (w *Wall) Draws() []drawable.Draw {
	if len(w.mesh.Indices) == 0 {
		return nil
	}
	return []drawable.Draw{{What: w.mesh.Bound(), NoShadow: true}}
}
