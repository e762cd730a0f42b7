package street

// Code says what is painted on a surface. Road, Path and Rail carry it in their surface
// coordinate x, which is 4·code + the position across, from −1 at the right edge seen
// along the way to 1 at the left; y is metres along. shaders/surface_road.glsl draws by
// it. Codes from laned on are carriageways with lanes.
type Code uint8

// The codes below laned. At Walk x is 1 at the kerb, at Parking 1 at the lanes.
const (
	Plain Code = iota
	WalkCode
	ParkingCode
	AcrossCode // parking bays square to the kerb
	CycleCode
	BusCode
	ZebraCode
	_
	PaintCode // all paint
	BallastCode
	TramCode
	StepsCode
	TrackCode      // wheel ruts in earth
	laned     Code = 64
)

// How a carriageway with lanes is marked.
const (
	MarkMinor  = 0 // a dashed middle
	MarkMajor  = 1 // edges too; a double middle from four lanes on
	MarkYellow = 2 // as Major, with a yellow middle
)

// laneCode is that of a carriageway with lanes to the left and right of its middle.
func laneCode(mark, left, right int) Code {
	return laned + Code(64*mark+8*min(left, 7)+min(right, 7))
}

// u is the surface coordinate at a position across.
func (c Code) u(across float64) float64 { return 4*float64(c) + across }
