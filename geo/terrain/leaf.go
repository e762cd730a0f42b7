package terrain

import (
	"math"
	"sync"

	"github.com/longtake/longtake/geo/terrain/tin"
)

// leaf is the mesh of one finest tile made ready to be asked for heights: triangles in
// bins.
type leaf struct {
	x, y, z []float64 // of the vertices: cells of the lattice from its south-west node, and metres over the frame's tangent plane
	tris    []uint32
	origin  [2]float64 // plan
	step    float64    // metres a cell of the lattice
	bins    [][]int32
	n       int     // bins a side
	bin     float64 // cells a bin
}

// MaxKept is how many bytes of finest tiles are kept for Terrain.HeightAt and MinMaxIn
// unless Options say less; others are made again when they are asked for.
const MaxKept = 128 << 20

// leaves keeps the finest tiles that were asked for last.
type leaves struct {
	mu    sync.Mutex
	kept  map[int]*entry
	old   []int // in the order of their making
	bytes int   // of those made
}

type entry struct {
	once  sync.Once
	leaf  *leaf
	bytes int // under the lock of leaves; 0 until it is made
}

// leaf returns the finest tile with the index. Which tiles are kept changes no answer.
func (t *Terrain) leaf(ix, iy int) *leaf {
	fine := t.levels[len(t.levels)-1]
	key := iy*fine.Tiles + ix
	l := &t.leaves
	l.mu.Lock()
	e := l.kept[key]
	if e == nil {
		if l.kept == nil {
			l.kept = map[int]*entry{}
		}
		for len(l.old) > 1 && l.bytes > t.o.Kept {
			l.bytes -= l.kept[l.old[0]].bytes
			delete(l.kept, l.old[0])
			l.old = l.old[1:]
		}
		e = &entry{}
		l.kept[key], l.old = e, append(l.old, key)
	}
	l.mu.Unlock()
	e.once.Do(func() {
		e.leaf = t.makeLeaf(ix, iy)
		l.mu.Lock()
		if l.kept[key] == e { // not put out meanwhile
			e.bytes = e.leaf.size()
			l.bytes += e.bytes
		}
		l.mu.Unlock()
	})
	return e.leaf
}

// Forget lets go of the finest tiles that are kept for heights: they are made again when
// they are asked for.
func (t *Terrain) Forget() {
	l := &t.leaves
	l.mu.Lock()
	defer l.mu.Unlock()
	l.kept, l.old, l.bytes = nil, nil, 0
}

func (t *Terrain) makeLeaf(ix, iy int) *leaf {
	fine := t.levels[len(t.levels)-1]
	w := t.window(ix, iy, fine.Cells)
	s := meshers.Get().(*tin.Mesher)
	defer meshers.Put(s)
	m, _ := w.mesh(s, fine.Error)
	l := &leaf{origin: w.plan(0, 0), step: t.cell / float64(w.factor), tris: append([]uint32(nil), m.Tris...)}
	for v := range m.X {
		i, j := int(m.X[v]), int(m.Y[v])
		p := w.place(i, j)
		x, y := w.off(i, j)
		l.x, l.y = append(l.x, float64(i)+x), append(l.y, float64(j)+y)
		l.z = append(l.z, float64(w.height(i, j))+t.ellipsoid.over(p[0], p[1]))
	}
	l.n = min(max(int(math.Sqrt(float64(len(l.tris)/3))), 1), 128)
	l.bin = float64(w.cells) / float64(l.n)
	l.bins = make([][]int32, l.n*l.n)
	for k := 0; k < len(l.tris); k += 3 {
		a, b, c := l.tris[k], l.tris[k+1], l.tris[k+2]
		x0, x1 := l.column(min(l.x[a], l.x[b], l.x[c])), l.column(max(l.x[a], l.x[b], l.x[c]))
		y0, y1 := l.column(min(l.y[a], l.y[b], l.y[c])), l.column(max(l.y[a], l.y[b], l.y[c]))
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				l.bins[y*l.n+x] = append(l.bins[y*l.n+x], int32(k))
			}
		}
	}
	return l
}

// size is what it takes of memory, about.
func (l *leaf) size() int { return 24*len(l.x) + 4*len(l.tris) + 4*4*len(l.tris)/3 + 24*len(l.bins) }

func (l *leaf) column(v float64) int { return min(max(int(v/l.bin), 0), l.n-1) }

// plane is the height over the tangent plane at a position in cells of the lattice, from
// the triangle that holds it or, by rounding, all but holds it.
func (l *leaf) plane(x, y float64) float64 {
	best, z := math.Inf(-1), 0.0
	for _, k := range l.bins[l.column(y)*l.n+l.column(x)] {
		w := l.weights(k, x, y)
		if least := min(w[0], w[1], w[2]); least > best {
			best, z = least, w[0]*l.z[l.tris[k]]+w[1]*l.z[l.tris[k+1]]+w[2]*l.z[l.tris[k+2]]
			if least >= 0 {
				break
			}
		}
	}
	return z
}

// weights are the barycentric coordinates in triangle k.
func (l *leaf) weights(k int32, x, y float64) (w [3]float64) {
	a, b, c := l.tris[k], l.tris[k+1], l.tris[k+2]
	ax, ay := l.x[a], l.y[a]
	d := (l.x[b]-ax)*(l.y[c]-ay) - (l.y[b]-ay)*(l.x[c]-ax)
	w[1] = ((x-ax)*(l.y[c]-ay) - (y-ay)*(l.x[c]-ax)) / d
	w[2] = ((l.x[b]-ax)*(y-ay) - (l.y[b]-ay)*(x-ax)) / d
	w[0] = 1 - w[1] - w[2]
	return w
}
