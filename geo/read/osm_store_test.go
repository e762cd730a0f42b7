package read

import (
	"testing"
)

func TestNodeStoreUnsorted(t *testing.T) {
	for _, limit := range []int{0, 1 << 30} {
		s := &nodeStore{limit: limit}
		const n = runLength + 5000
		for i := range n {
			id := int64(i*7919%n) - n/2
			if err := s.add(place{id, int32(id), int32(-id)}); err != nil {
				t.Fatal(err)
			}
		}
		s.add(place{3, 42, 42}) // a later version
		if err := s.closeRun(); err != nil {
			t.Fatal(err)
		}
		for id := int64(-n / 2); id < n/2; id += 997 {
			p, ok, err := s.get(id)
			if err != nil || !ok || p.lng != int32(id) {
				t.Fatalf("limit %d: node %d: %v %v %v", limit, id, p, ok, err)
			}
		}
		if p, _, _ := s.get(3); p.lng != 42 {
			t.Errorf("limit %d: the last of two versions: %v", limit, p)
		}
		if _, ok, _ := s.get(n); ok {
			t.Error("a node that was never there")
		}
		s.file.close()
	}
}

// Nodes that are asked for one after another are found in place; of versions it is still the
// last, also in a run that overlaps another.
func TestNodeStoreInSequence(t *testing.T) {
	type version struct {
		id  int64
		lng int32
	}
	for name, runs := range map[string][][]version{
		"apart":       {{{1, 10}, {2, 20}, {2, 21}, {3, 30}, {4, 40}}, {{5, 50}, {6, 60}, {7, 70}}},
		"overlapping": {{{1, 10}, {2, 20}, {3, 30}, {4, 40}, {6, 60}, {7, 70}}, {{2, 21}, {5, 50}}},
	} {
		s := &nodeStore{limit: 1 << 20}
		for _, r := range runs {
			for _, v := range r {
				if err := s.add(place{v.id, v.lng, 0}); err != nil {
					t.Fatal(err)
				}
			}
			if err := s.closeRun(); err != nil {
				t.Fatal(err)
			}
		}
		for _, ids := range [][]int64{{1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1}, {1, 2, 2, 3, 5, 6, 7, 7}} {
			for _, id := range ids {
				want := int32(10 * id)
				if id == 2 {
					want = 21
				}
				if p, ok, err := s.get(id); err != nil || !ok || p.lng != want {
					t.Errorf("%s: node %d of %v: %v %v %v", name, id, ids, p, ok, err)
				}
			}
		}
		for _, id := range []int64{0, 8} {
			if _, ok, _ := s.get(id); ok {
				t.Errorf("%s: node %d was never there", name, id)
			}
		}
	}
}
