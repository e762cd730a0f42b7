package scene

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/invopop/jsonschema"
)

// Environment is the light, the air and the planet.
type Environment struct {
	Time         *time.Time `json:"time" example:"2026-06-21T20:40:00+02:00" doc:"date at story time 0; without it, an afternoon where the camera is"`
	Speed        float64    `json:"speed" doc:"scene seconds a story second; 0 stops the sun"`
	Sky          string     `json:"sky" enum:"physical,none" doc:"physical: scattering by date and place; none: transparent"`
	Exposure     Exposure   `json:"exposure" doc:"auto, or a fixed exposure value at ISO 100"`
	Compensation float64    `json:"compensation" min:"-10" max:"10" unit:"stops" doc:"brightens or darkens the exposure"`
	ToneMap      string     `json:"toneMap" enum:"agx,neutral,aces" doc:"curve from light to picture; data colours and labels are left out of it"`
	Grade        string     `json:"grade" format:"path" doc:"colour-grading table of finished pictures (.cube), over sRGB values"`
	Haze         float64    `json:"haze" min:"0" max:"100" doc:"multiplies the aerosol; 1 is a clear day"`
	Stars        string     `json:"stars" format:"path" doc:"star catalogue (Bright Star Catalogue, or GeoJSON with mag and bv); without it an invented sky"`
	Clouds       float64    `json:"clouds" min:"0" max:"1" doc:"cover of the clouds, above the camera and from space"`
	Rain         float64    `json:"rain" min:"0" max:"1" doc:"how much falls around the camera; goes with clouds, fog and wetness"`
	Snow         float64    `json:"snow" min:"0" max:"1" doc:"how much falls around the camera"`
	SnowCover    float64    `json:"snowCover" min:"0" max:"1" doc:"snow that lies on ground, roofs and trees, from patches to everything"`
	Fog          Fog        `json:"fog" doc:"fog over the ground"`
	Wetness      float64    `json:"wetness" min:"0" max:"1" doc:"roads and paving reflect"`
	Lens         Lens       `json:"lens" doc:"depth of field, motion blur, flare and dirt"`
	Globe        Globe      `json:"globe" doc:"the planet behind the data"`
}

// Fog is densest at its base and thins upwards.
type Fog struct {
	Visibility float64  `json:"visibility" min:"0" max:"1e6" unit:"m" doc:"how far one sees at its base; 0 is no fog"`
	Height     float64  `json:"height" above:"0" max:"1e5" unit:"m" doc:"in which it thins to a third"`
	Base       *float64 `json:"base" min:"-12000" max:"9000" unit:"m" doc:"height above the ellipsoid; without it the globe's"`
}

// SetDefaults fills the defaults.
func (f *Fog) SetDefaults() { f.Height = 60 }

// Lens is what a camera's lens and shutter do. Apertures of metres make cities look like
// models.
type Lens struct {
	Focus    float64 `json:"focus" min:"0" max:"1e9" unit:"m" doc:"distance of what is sharp; 0 is sharp throughout"`
	Aperture float64 `json:"aperture" min:"0" max:"1000" unit:"m" doc:"width of the lens; 0 is sharp throughout"`
	Shutter  float64 `json:"shutter" min:"0" max:"360" unit:"degrees" doc:"share of a frame that the shutter is open: 180 is half of it; 0 is no motion blur; stories only"`
	Flare    float64 `json:"flare" min:"0" max:"1" doc:"ghosts, a halo and rays that the sun makes in the lens where it is in the picture and nothing hides it; 0 is none"`
	Dirt     float64 `json:"dirt" min:"0" max:"1" doc:"dust and smears on the lens, which show in the glow of what is bright; 0 is clean"`
}

// Globe is the planet behind the data.
type Globe struct {
	Image  string  `json:"image" format:"path" doc:"equirectangular colour image; transparent means water"`
	Water  string  `json:"water" format:"path" doc:"equirectangular mask of an image that is not transparent: water where it is light"`
	Height float64 `json:"height" min:"-12000" max:"9000" unit:"m" doc:"of its surface above the ellipsoid"`
	Land   string  `json:"land" format:"path" doc:"where a globe without image is land: polygons in a file of features, or an equirectangular mask that is light there; none is nowhere known, and sea counts; without it our own rough outlines, seen from above 15 km"`
	Sea    bool    `json:"sea" doc:"a globe without image is sea where nothing else tells; else land"`
	Coast  *Coast  `json:"coast" doc:"where a globe without image is sea and where it is land, around a place"`
}

// NoLand is what a globe's land says where nothing shall tell it from its sea.
const NoLand = "none"

// CheckScene wants a mask to have something to cut, and one word on what is land.
func (g *Globe) CheckScene(fail func(field, found, allowed string)) {
	if g.Water != "" && g.Image == "" {
		fail("water", "a mask of water and no image", "a mask belongs to an image of the globe (image)")
	}
	if g.Land != "" && g.Image != "" {
		fail("land", "land and an image", "an image tells what is land itself (water)")
	}
}

// Coast is how sea and land share the globe around a place, to some hundred kilometres
// from it.
type Coast struct {
	Lng    float64      `json:"lng" required:"true" min:"-360" max:"360" unit:"°" doc:"longitude of the place"`
	Lat    float64      `json:"lat" required:"true" min:"-90" max:"90" unit:"°" doc:"latitude of the place"`
	Radius float64      `json:"radius" min:"0" max:"1e6" unit:"m" doc:"within which the data's own shores are seen; beyond it they wind"`
	Sea    [][2]float64 `json:"sea" min:"0" max:"360" unit:"°" doc:"headings from there, clockwise from north: the sea lies between the first and the second of a pair; the four widest count"`
}

// SetDefaults fills the defaults.
func (e *Environment) SetDefaults() {
	e.Sky, e.ToneMap, e.Haze = "physical", "agx", 1
	e.Globe.Sea = true
	e.Fog.SetDefaults()
}

// EnvironmentFile is a file that an environment names: a property that is not empty.
type EnvironmentFile struct {
	Name string // of the property
	Path *string
}

// Files lists the files that the environment names.
func (e *Environment) Files() (files []EnvironmentFile) {
	for _, f := range []EnvironmentFile{{"globe", &e.Globe.Image}, {"water", &e.Globe.Water}, {"land", &e.Globe.Land}, {"grade", &e.Grade}, {"stars", &e.Stars}} {
		if *f.Path != "" && *f.Path != NoLand {
			files = append(files, f)
		}
	}
	return files
}

// Exposure is automatic unless Fixed.
type Exposure struct {
	Fixed bool
	EV    float64 // EV100
}

// UnmarshalScene reads auto or a number.
func (e *Exposure) UnmarshalScene(v *Value) {
	switch {
	case v.Kind() == Text && v.Text() == "auto":
		*e = Exposure{}
	case v.Kind() == Number && v.Number() >= -20 && v.Number() <= 30:
		*e = Exposure{true, v.Number()}
	default:
		v.Reject("auto or a number from -20 to 30 (EV100) is allowed")
	}
}

// MarshalScene writes auto or the number.
func (e Exposure) MarshalScene() any {
	if !e.Fixed {
		return "auto"
	}
	return e.EV
}

// SceneSchema describes the exposure.
func (Exposure) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{{Const: "auto"}, {Type: "number", Minimum: "-20", Maximum: "30"}}}
}

// Output holds the defaults for rendering; flags override them.
type Output struct {
	Size        Size   `json:"size" doc:"pixels, width x height"`
	FPS         Rate   `json:"fps" doc:"frames per second"`
	Quality     string `json:"quality" enum:"draft,low,high,ultra" doc:"tier of cost"`
	Format      string `json:"format" enum:"auto,png,png16,frames,mp4" doc:"what to write; auto goes by the file's name"`
	Transparent bool   `json:"transparent" doc:"leave the sky out of pictures"`
	Controls    string `json:"controls" enum:"orbit,globe,fly,none" doc:"how the camera is led in the kiosk: about a point, with north staying, in flight, or not at all"`
}

// SetDefaults fills the defaults.
func (o *Output) SetDefaults() {
	o.Size, o.FPS, o.Quality, o.Format, o.Controls = Size{1920, 1080}, Rate{30, 1}, "high", "auto", "orbit"
}

// Size is a picture's size in pixels, each 1 to 16384.
type Size struct{ Width, Height int }

var errSize = errors.New("a size such as 1920x1080, each from 1 to 16384, is allowed")

// ParseSize reads "1920x1080".
func ParseSize(s string) (Size, error) {
	w, h, ok := strings.Cut(strings.ToLower(strings.TrimSpace(s)), "x")
	width, errW := strconv.ParseUint(w, 10, 16)
	height, errH := strconv.ParseUint(h, 10, 16)
	if !ok || errW != nil || errH != nil || width == 0 || height == 0 || width > 16384 || height > 16384 {
		return Size{}, errSize
	}
	return Size{int(width), int(height)}, nil
}

// Aspect is width over height.
func (s Size) Aspect() float64 { return float64(s.Width) / float64(s.Height) }

// String returns "1920x1080".
func (s Size) String() string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

// MarshalText is String.
func (s Size) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText is ParseSize.
func (s *Size) UnmarshalText(text []byte) error {
	v, err := ParseSize(string(text))
	if err == nil {
		*s = v
	}
	return err
}

// SceneSchema describes a size.
func (Size) SceneSchema() *jsonschema.Schema {
	return &jsonschema.Schema{Type: "string", Pattern: `^[0-9]{1,5}[xX][0-9]{1,5}$`, Examples: []any{"1920x1080"}}
}
