package load

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/longtake/longtake/internal/realdata"
)

// Broken bytes of packed points are an error or wrong points, never a panic or an endless loop.
func FuzzPackedPointClouds(f *testing.F) {
	f.Add([]byte("00000000"), []byte{1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, first, code []byte) {
		zip := make([]byte, 52)
		zip[0], zip[12], zip[32] = 2, 50, 3
		for k, item := range [][3]byte{{6, 20, 2}, {7, 8, 2}, {8, 6, 2}} {
			zip[34+6*k], zip[36+6*k], zip[38+6*k] = item[0], item[1], item[2]
		}
		h := lasHead{format: 3, packed: true, length: 34, zip: zip}
		next, err := h.records(bytes.NewReader(append(append(first, make([]byte, 42)...), code...)))
		if err != nil {
			t.Fatal(err)
		}
		for range 200 {
			if _, err := next(); err != nil {
				return
			}
		}
	})
}

// anyLAZ is a packed file whose code is arbitrary bytes: arithmetic code is never wrong, so each
// reader has to make the same points of it, of all shapes.
func anyLAZ(format int, n uint32, seed uint64) []byte {
	le := binary.LittleEndian
	items := [][3]byte{{6, 20, 2}, {7, 8, 2}, {8, 6, 2}}
	items = map[int][][3]byte{0: items[:1], 1: items[:2], 2: {items[0], items[2]}, 3: items}[format]
	length := lasShapes[format].least
	head := make([]byte, 227+54+34+6*len(items))
	copy(head, "LASF")
	head[24], head[25], head[104] = 1, 2, byte(format)|0x80
	le.PutUint16(head[94:], 227)
	le.PutUint32(head[96:], uint32(len(head)))
	le.PutUint32(head[100:], 1)
	le.PutUint16(head[105:], uint16(length))
	le.PutUint32(head[107:], n)
	for k := range 3 {
		le.PutUint64(head[131+8*k:], math.Float64bits(0.01))
	}
	record := head[227:]
	copy(record[2:], "laszip encoded")
	le.PutUint16(record[18:], 22204)
	le.PutUint16(record[20:], uint16(34+6*len(items)))
	zip := record[54:]
	zip[0], zip[4], zip[5] = 2, 2, 2
	le.PutUint32(zip[12:], 50_000)
	zip[32] = byte(len(items))
	for k, item := range items {
		zip[34+6*k], zip[36+6*k], zip[38+6*k] = item[0], item[1], item[2]
	}
	code := make([]byte, length+int(n)*100)
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range code {
		code[i] = byte(r.Uint32())
	}
	out := le.AppendUint64(head, uint64(len(head)+8+len(code)))
	out = append(out, code...)
	return append(out, append([]byte{0, 0, 0, 0, 1}, make([]byte, 64)...)...) // the table of chunks
}

func unpackedHash(t *testing.T, data []byte) string {
	t.Helper()
	r, hash := bytes.NewReader(data), sha256.New()
	h, err := readLASHead(r)
	if err != nil {
		t.Fatal(err)
	}
	next, err := h.records(r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range h.count {
		p, err := next()
		if err != nil {
			t.Fatalf("point %d: %v", i, err)
		}
		hash.Write(p)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// The sums are of the points that another reader (laz-perf 0.0.7) makes of the same bytes.
func TestPackedPointsOfAllFormats(t *testing.T) {
	for c, want := range map[[2]int]string{
		{0, 0}: "3850aa9c49756def96d2d9dc91358ee7f28097963764cfd7af81f63c9c5061ba",
		{0, 1}: "08a0d322f598e43ae4f19a5a605c3d65809fb9377a347007d7dc6c70fe898e25",
		{1, 0}: "e1817bd642b88a3ea1a67bd4c90aa4858af42eedc7149d650124d70f79338747",
		{1, 1}: "b52cd74a7c0cdb5b6bbe0252ef1f3910478b36729ee68a1e04a36f6c53c75629",
		{2, 0}: "b72f9088c45e91378270ac0de3082f2607822ab316e17e3b5a2b76a25c07a4a3",
		{2, 1}: "956b4ee4ed7023f102665be71ffb8733d756c1422617c781afe370bbfcc578c0",
		{3, 0}: "ce49a71dffa77127bee327574327f4ec8bbd14244b0001d5864abc28e2e532f2",
		{3, 1}: "01516756f6d439de231b0aa3fdade29c87c7b65759974a83053669ecb07a89f7",
		{3, 4}: "00364ec19b72c49fd08a6acd348adbdda7b8f1bbe662a50b154aebf536fb0973", // its second point is as the first, but for the intensity
	} {
		if got := unpackedHash(t, anyLAZ(c[0], 300, uint64(c[1]))); got != want {
			t.Errorf("format %d, bytes %d: %s", c[0], c[1], got)
		}
	}
}

// A packed cloud of the Netherlands has the points that another reader finds in it, times and all, in
// the box that its header says.
func TestPackedPointCloud(t *testing.T) {
	path := realdata.Path(t, "city-delft", "ahn3-points.laz")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := unpackedHash(t, data); got != "d7dc9001393324a70d34c119b9fa4b0ed973d353e26e1ecebdadcd3ac5a97bde" {
		t.Errorf("its points are %s", got)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	h, err := readLASHead(f)
	if err != nil {
		t.Fatal(err)
	}
	next, err := h.records(f)
	if err != nil {
		t.Fatal(err)
	}
	b := lasBuilder{head: h, shape: lasShapes[h.format]}
	low, high := [3]float64{math.Inf(1), math.Inf(1), math.Inf(1)}, [3]float64{math.Inf(-1), math.Inf(-1), math.Inf(-1)}
	for i := range h.count {
		p, err := next()
		if err != nil {
			t.Fatalf("point %d: %v", i, err)
		}
		b.block = b.block[:0]
		b.add(int(i), p)
		for _, at := range b.block {
			for k := range 3 {
				low[k], high[k] = math.Min(low[k], at[k]), math.Max(high[k], at[k])
			}
		}
	}
	want := [2][3]float64{{85000.001, 447412.8, -0.606}, {85072.299, 447641.299, 26.329}}
	for k := range 3 {
		if math.Abs(low[k]-want[0][k]) > 1e-6 || math.Abs(high[k]-want[1][k]) > 1e-6 {
			t.Errorf("axis %d: from %.3f to %.3f, %.3f to %.3f in the header", k, low[k], high[k], want[0][k], want[1][k])
		}
	}
}
