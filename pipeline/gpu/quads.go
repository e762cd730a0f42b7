package gpu

import "github.com/go-gl/gl/v4.5-core/gl"

// quadsAtOnce is how many quads 16-bit indices reach.
const quadsAtOnce = 1 << 14

// Quads draws squares of four vertices with no vertex data, each vertex once: vertex 4n+k is
// corner k of quad n, corners in rows.
type Quads struct {
	vao     uint32
	indices *Buffer
}

// NewQuads makes the indices, which all draws share.
func NewQuads() *Quads {
	index := make([]uint16, 0, 6*quadsAtOnce)
	for i := range quadsAtOnce {
		for _, k := range [...]int{0, 1, 2, 2, 1, 3} {
			index = append(index, uint16(4*i+k))
		}
	}
	q := &Quads{indices: NewBuffer("quads", 2*len(index))}
	q.indices.Write(0, Bytes(index))
	gl.CreateVertexArrays(1, &q.vao)
	gl.VertexArrayElementBuffer(q.vao, q.indices.ID)
	return q
}

// Draw runs the current program with n quads.
func (q *Quads) Draw(n int) {
	gl.BindVertexArray(q.vao)
	for at := 0; at < n; at += quadsAtOnce {
		gl.DrawElementsBaseVertex(gl.TRIANGLES, int32(6*min(n-at, quadsAtOnce)), gl.UNSIGNED_SHORT, nil, int32(4*at))
	}
}

// Release destroys the indices.
func (q *Quads) Release() {
	if q != nil && q.vao != 0 {
		gl.DeleteVertexArrays(1, &q.vao)
		q.vao = 0
		q.indices.Release()
	}
}
