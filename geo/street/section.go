package street

import (
	"math"
	"strings"

	"github.com/longtake/longtake/geo/clean"
)

// Kind is what a band of a cross-section is for.
type Kind uint8

// The kinds of bands.
const (
	Drive Kind = iota // lanes for all
	Bus
	Cycle
	Parking
	Walk
)

// Band is one strip of a cross-section.
type Band struct {
	Kind  Kind
	Width float64 // metres
	// Lanes of Drive and Bus on the left and on the right, seen along the line: the
	// direction of each side follows from the side that traffic keeps to.
	Left, Right int
	Across      bool // Parking: bays square to the kerb rather than along it
}

// Section is the cross-section of a way: bands from left to right seen along its line.
type Section struct {
	Bands []Band
	// Offsets from the line, positive to the left: the outer edges of all bands and the
	// kerbs, between which everything but Walk lies.
	Left, Right         float64
	KerbLeft, KerbRight float64
	Oneway              int       // 1 along the line, -1 against it, 0 both
	Forward, Backward   int       // lanes
	Turns               [2]string // turn:lanes along the line and against it
}

// Width is that of all bands.
func (s *Section) Width() float64 { return s.Left - s.Right }

// edge is how far it reaches from its line, which runs in a direction, on the side where a
// place lies off that by d.
func (s *Section) edge(dir, d pt) float64 {
	if cross2(dir, d) < 0 {
		return -s.Right
	}
	return s.Left
}

// sectionOf reads a way's tags; what they leave open its class and region decide.
// Nonsense is bounded: no band is wider than four times what its class has.
func sectionOf(tags map[string]string, st *style, r Region) Section {
	s := Section{Oneway: oneway(tags)}
	drive := s.drive(tags, st, r)
	left := r.Left
	switch tags["driving_side"] {
	case "left":
		left = true
	case "right":
		left = false
	}
	if (s.Oneway >= 0) != left {
		drive.Left, drive.Right = s.Backward, s.Forward
	} else {
		drive.Left, drive.Right = s.Forward, s.Backward
	}
	if s.Oneway != 0 { // one side only: what matters is whether anybody comes the other way
		drive.Left, drive.Right = 0, s.Forward+s.Backward
	}
	var l, rt []Band // from the outside inwards
	if st.tier == street && st.lane > 0 {
		l, rt = sides(tags, st, r, s.Oneway, left)
		if bus := tags["busway"]; (bus == "lane" || tags["busway:right"] == "lane") && drive.Left+drive.Right > 2 {
			b := Band{Kind: Bus, Width: drive.Width / float64(drive.Left+drive.Right), Right: 1}
			drive.Width -= b.Width
			if left {
				drive.Left, l = max(drive.Left-1, 0), append(l, b)
			} else {
				drive.Right, rt = max(drive.Right-1, 0), append(rt, b)
			}
		}
	}
	if w, ok := clean.Length(tags["width"]); ok && st.lane > 0 { // from kerb to kerb
		for _, b := range append(append([]Band(nil), l...), rt...) {
			if b.Kind != Walk {
				w -= b.Width
			}
		}
		n := float64(max(drive.Left+drive.Right, 1))
		drive.Width = math.Max(2*n, math.Min(w, 6*n))
	}
	s.assemble(l, drive, rt)
	s.place(tags, drive, r)
	return s
}

// drive is the band of lanes.
func (s *Section) drive(tags map[string]string, st *style, r Region) Band {
	b := Band{Kind: Drive, Width: st.width}
	if st.lane == 0 {
		s.Forward = 1
		if w, ok := clean.Length(tags["width"]); ok {
			b.Width = math.Max(st.width/4, math.Min(w, st.width*4))
		} else if st.tier == access && s.Oneway == 0 && tags["service"] == "" && tags["highway"] == "service" {
			b.Width *= 1.25
		}
		return b
	}
	s.lanes(tags, st)
	n := s.Forward + s.Backward
	lane := st.lane
	if r.Wide {
		lane += 0.2
	}
	b.Width = float64(n)*lane + st.shoulder
	if n == 1 && s.Oneway == 0 {
		b.Width = math.Max(3.2, lane) // one lane for both directions
	} else if n == 1 {
		b.Width += 0.8 // to pass what stands
	}
	return b
}

// speedOf is maxspeed in km/h; 0 where it says nothing.
func speedOf(tags map[string]string) float64 {
	m := tags["maxspeed"]
	v, ok := clean.Number(strings.TrimSuffix(strings.TrimSpace(strings.TrimSuffix(m, "mph")), "km/h"))
	if !ok || v <= 0 || v > 400 {
		return 0
	}
	if strings.HasSuffix(m, "mph") {
		v *= 1.609344
	}
	return v
}

// assemble puts the bands in order and their middle between the kerbs on the line.
func (s *Section) assemble(l []Band, drive Band, r []Band) {
	s.Bands = append(s.Bands, l...)
	s.Bands = append(s.Bands, drive)
	for i := len(r) - 1; i >= 0; i-- {
		s.Bands = append(s.Bands, r[i])
	}
	var kerb float64
	for _, b := range s.Bands {
		if b.Kind != Walk {
			kerb += b.Width
		}
	}
	s.KerbLeft, s.KerbRight = kerb/2, -kerb/2
	s.Left, s.Right = s.KerbLeft, s.KerbRight
	if b := s.Bands[0]; b.Kind == Walk {
		s.Left += b.Width
	}
	if b := s.Bands[len(s.Bands)-1]; b.Kind == Walk {
		s.Right -= b.Width
	}
}

// place moves the bands of a one-way carriageway to where placement says the line runs.
func (s *Section) place(tags map[string]string, drive Band, r Region) {
	where, lane, ok := strings.Cut(tags["placement"], ":")
	k, number := clean.Number(lane)
	if !ok || !number || s.Oneway != 1 || s.Forward < 1 || k < 1 || k > 16 {
		return
	}
	w := drive.Width / float64(s.Forward)
	at := map[string]float64{"left_of": k - 1, "middle_of": k - 0.5, "right_of": k}[where] * w // from the left
	shift := at - drive.Width/2
	if at == 0 && where != "left_of" || math.Abs(shift) > drive.Width {
		return
	}
	s.Left, s.Right, s.KerbLeft, s.KerbRight = s.Left+shift, s.Right+shift, s.KerbLeft+shift, s.KerbRight+shift
}
