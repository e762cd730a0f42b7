package lines

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/layers/layer"
	"github.com/longtake/longtake/scene"
)

// Wall gathers upright walls into one mesh: post after post, with the wall between them. UV
// counts metres along it, and goes from 0 at the foot to 1 at the top.
type Wall struct {
	mesh  *drawable.Mesh
	frame earth.Frame
	posts int // of the wall that is being built
	along float64
	last  mgl64.Vec3
}

// NewWall starts a mesh in a frame around places.
func NewWall(around []mgl64.Vec3, m *drawable.Material) *Wall {
	f := layer.Frame(around)
	return &Wall{mesh: &drawable.Mesh{Name: m.Name, Frame: f.Matrix(), Material: m}, frame: f}
}

// Begin starts another wall.
func (w *Wall) Begin() { w.posts = 0 }

// Post goes on to a foot in ECEF.
func (w *Wall) Post(foot mgl64.Vec3, height float64, low, high scene.Color, feature uint32) {
	if w.posts > 0 {
		w.along += foot.Sub(w.last).Len()
	} else {
		w.along = 0
	}
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
	u := float32(w.along)
	w.mesh.Vertices = append(w.mesh.Vertices,
		drawable.Vertex{Position: layer.Local(w.frame, foot), Normal: n, Color: low, UV: [2]float32{u, 0}, Feature: feature},
		drawable.Vertex{Position: layer.Local(w.frame, foot.Add(up.Mul(height))), Normal: n, Color: high, UV: [2]float32{u, 1}, Feature: feature})
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
