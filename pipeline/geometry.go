package pipeline

import (
	"unsafe"

	"github.com/go-gl/gl/v4.5-core/gl"

	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/gpu"
)

const (
	vertexBytes   = int(unsafe.Sizeof(drawable.Vertex{}))
	instanceBytes = int(unsafe.Sizeof(drawable.Instance{}))
	firstPage     = 1 << 17 // vertices; 4 MiB
	largestPage   = 1 << 21 // vertices; 64 MiB, so that a page fits every driver's limits
)

// page is a vertex and an index buffer with one vertex array over both.
type page struct {
	vertices, indices *gpu.Buffer
	vertexSpans       *spans
	indexSpans        *spans
	vao, casterVAO    uint32 // casterVAO reads positions only
}

func newPage(vertices, indices int) *page {
	p := &page{
		vertices: gpu.NewBuffer("vertices", vertices*vertexBytes), indices: gpu.NewBuffer("indices", indices*4),
		vertexSpans: newSpans(vertices), indexSpans: newSpans(indices),
	}
	var vaos [2]uint32
	gl.CreateVertexArrays(2, &vaos[0])
	p.vao, p.casterVAO = vaos[0], vaos[1]
	for _, vao := range vaos {
		gl.VertexArrayVertexBuffer(vao, 0, p.vertices.ID, 0, int32(vertexBytes))
		gl.VertexArrayElementBuffer(vao, p.indices.ID)
		gl.EnableVertexArrayAttrib(vao, 0)
		gl.VertexArrayAttribFormat(vao, 0, 3, gl.FLOAT, false, 0)
		gl.VertexArrayAttribBinding(vao, 0, 0)
	}
	attrib := func(i uint32, set func()) {
		gl.EnableVertexArrayAttrib(p.vao, i)
		set()
		gl.VertexArrayAttribBinding(p.vao, i, 0)
	}
	attrib(1, func() { gl.VertexArrayAttribFormat(p.vao, 1, 2, gl.SHORT, true, 12) })
	attrib(2, func() { gl.VertexArrayAttribFormat(p.vao, 2, 4, gl.UNSIGNED_BYTE, true, 16) })
	attrib(3, func() { gl.VertexArrayAttribFormat(p.vao, 3, 2, gl.FLOAT, false, 20) })
	attrib(4, func() { gl.VertexArrayAttribIFormat(p.vao, 4, 1, gl.UNSIGNED_INT, 28) })
	return p
}

func (p *page) release() {
	gl.DeleteVertexArrays(1, &p.vao)
	gl.DeleteVertexArrays(1, &p.casterVAO)
	p.vertices.Release()
	p.indices.Release()
}

// residentMesh is where a mesh lies on the GPU.
type residentMesh struct {
	page              int // index in geometry.pages
	vertices, indices span
	count             int // indices of the mesh; as many more, by position only, follow
	clusters          []cluster
}

// geometry is the pages of all meshes. A page's index never changes; an emptied page is
// nil until a new one takes its place.
type geometry struct{ pages []*page }

// add uploads a mesh. Indices out of range are dropped with their triangle, so that a
// damaged file cannot make the GPU read elsewhere.
func (g *geometry) add(m *drawable.Mesh) residentMesh {
	indices, clusters := clustered(m, triangles(m))
	need := 2 * len(indices)
	r := residentMesh{page: -1, count: len(indices), clusters: clusters}
	for i, p := range g.pages {
		if p == nil {
			continue
		}
		v, ok := p.vertexSpans.take(len(m.Vertices))
		if !ok {
			continue
		}
		x, ok := p.indexSpans.take(need)
		if !ok {
			p.vertexSpans.put(v)
			continue
		}
		r.page, r.vertices, r.indices = i, v, x
		break
	}
	if r.page < 0 {
		size := min(firstPage<<len(g.pages), largestPage)
		p := newPage(max(size, len(m.Vertices)), max(size*4, need))
		r.page = len(g.pages)
		for i, old := range g.pages {
			if old == nil {
				r.page = i
			}
		}
		if r.page == len(g.pages) {
			g.pages = append(g.pages, p)
		} else {
			g.pages[r.page] = p
		}
		r.vertices, _ = p.vertexSpans.take(len(m.Vertices))
		r.indices, _ = p.indexSpans.take(need)
	}
	p := g.pages[r.page]
	p.vertices.Write(r.vertices.first*vertexBytes, gpu.Bytes(m.Vertices))
	p.indices.Write(r.indices.first*4, gpu.Bytes(indices))
	p.indices.Write((r.indices.first+len(indices))*4, gpu.Bytes(weldPositions(m.Vertices, indices)))
	return r
}

func (g *geometry) remove(r residentMesh) {
	p := g.pages[r.page]
	p.vertexSpans.put(r.vertices)
	p.indexSpans.put(r.indices)
	if p.vertexSpans.empty() && p.indexSpans.empty() {
		p.release()
		g.pages[r.page] = nil
	}
}

func (g *geometry) release() {
	for _, p := range g.pages {
		if p != nil {
			p.release()
		}
	}
	g.pages = nil
}

// triangles returns the mesh's indices without those that point outside the vertices.
func triangles(m *drawable.Mesh) []uint32 {
	n := uint32(len(m.Vertices))
	whole := m.Indices[:len(m.Indices)/3*3]
	for i := 0; i < len(whole); i += 3 {
		if whole[i] < n && whole[i+1] < n && whole[i+2] < n {
			continue
		}
		out := make([]uint32, i, len(whole))
		copy(out, whole)
		for ; i < len(whole); i += 3 {
			if whole[i] < n && whole[i+1] < n && whole[i+2] < n {
				out = append(out, whole[i:i+3]...)
			}
		}
		return out
	}
	return whole
}

// weldPositions returns the indices with every vertex replaced by the first at the same
// position: a box has 8 corners then instead of 24, which is what depth-only passes cost.
func weldPositions(vertices []drawable.Vertex, indices []uint32) []uint32 {
	size := 16
	for size < 2*len(vertices) {
		size *= 2
	}
	table := make([]uint32, size) // vertex + 1, open addressing
	first := make([]uint32, len(vertices))
	for i := range vertices {
		p := vertices[i].Position
		bits := (*[3]uint32)(unsafe.Pointer(&p))
		h := (bits[0]*73856093 ^ bits[1]*19349663 ^ bits[2]*83492791) * 2654435761
		for slot := int(h>>7) & (size - 1); ; slot = (slot + 1) & (size - 1) {
			if table[slot] == 0 {
				table[slot], first[i] = uint32(i+1), uint32(i)
				break
			}
			if j := table[slot] - 1; vertices[j].Position == p {
				first[i] = j
				break
			}
		}
	}
	out := make([]uint32, len(indices))
	for i, v := range indices {
		out[i] = first[v]
	}
	return out
}
