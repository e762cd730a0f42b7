package pipeline

import (
	"github.com/go-gl/mathgl/mgl64"

	"github.com/longtake/longtake/geo/earth"
	"github.com/longtake/longtake/geo/heights"
	"github.com/longtake/longtake/layers/drawable"
	"github.com/longtake/longtake/pipeline/grade"
	"github.com/longtake/longtake/pipeline/sky"
)

// View is a camera: an eye in ECEF metres and unit axes in ECEF.
type View struct {
	Eye                mgl64.Vec3
	Right, Up, Forward mgl64.Vec3
	FovY               float64 // vertical, radians
	Near               float64 // metres; 0 chooses by height above ground
}

// Frame is everything that one picture depends on.
type Frame struct {
	View     View
	Previous *View // where the camera was one frame ago: live mode only (TAA); nil after a cut
	Opened   *View // where the camera was when the shutter opened; nil = no motion blur
	Draws    []drawable.Draw
	Outlines []Outline // around features: hover, selection
	Env      Environment
	Time     float64 // story seconds: waves, blinking lights
	Seed     uint32  // noise; the frame number in live mode, 0 in files; ambient occlusion turns with it
}

// Coast is how sea and land share the globe around a place.
type Coast struct {
	Lng, Lat float64      // degrees
	Radius   float64      // metres beyond which its shores wind
	Sea      [][2]float64 // headings, degrees clockwise from north, from and to
}

// Land is where a globe without an image is land, and what grows there.
type Land struct {
	Cover   *drawable.Image // one channel: equirectangular, rows from the south, the share of land
	Climate *drawable.Image // four: how arid, lush and icy it is; nil = by latitude
	Rough   bool            // known to some tens of kilometres: it is shown from above only, and not around the scene
}

// Environment is the light and the air.
type Environment struct {
	Sun             mgl64.Vec3      // unit, ECEF, towards the Sun
	SunAt           mgl64.Vec3      // from the eye to the Sun, ECEF metres; zero = towards Sun, as far as ever
	Planets         []sky.Body      // as points; vectors in ECEF axes
	Moon            mgl64.Vec3      // unit, ECEF
	MoonLit         float64         // lit share of its disc
	MoonRadius      float64         // of its disc, radians; 0 = its mean
	Sidereal        float64         // radians, turns the celestial sphere to ECEF
	Years           float64         // since J2000, by which the Earth's axis has turned
	Stars           []sky.Star      // nil = a seeded sky; empty = none
	GroundHeight    float64         // ellipsoidal metres of the ground below the eye
	GlobeHeight     float64         // ellipsoidal metres of the globe drawn behind everything
	GlobeSea        bool            // the globe without an image is sea, else land
	Home            earth.Place     // from which patterns of the globe near it are counted, such as waves
	HomeRadius      float64         // metres from Home to the end of the scene's ground, around which the globe goes on from it and shows no image; 0 = none
	GlobeCoast      *Coast          // the same by heading around a place; nil = none
	GlobeImage      *drawable.Image // equirectangular base colour; alpha 0 = water; nil = none
	GlobeLand       *Land           // of a globe without an image; nil = GlobeSea everywhere
	Relief          *heights.Grid   // what keeps the low sun off the air; nil = nothing
	Clouds          float64         // 0..1 cover of the clouds: a layer above the eye, and the globe's from space
	Haze            float64         // multiplies the aerosol; 1 = clear day
	Rain, Snow      float64         // 0..1, how much falls around the eye
	FogVisibility   float64         // metres that one sees at the fog's base; 0 = no fog
	FogHeight       float64         // metres in which it thins to a third
	FogBase         float64         // ellipsoidal metres
	Wetness         float64         // 0..1: roads and paving reflect
	SnowCover       float64         // 0..1: what faces up is white
	Exposure        float64         // EV100; used where AutoExposure is false
	AutoExposure    bool
	Compensation    float64 // stops added to the exposure
	ToneMap         ToneMap
	Focus, Aperture float64      // metres to what is sharp, metres across the lens; 0 = all is sharp
	Flare           float64      // of the sun in the lens: 0 is none, 1 strong
	Dirt            float64      // of the lens, which adds to the glow: 0 is clean, 1 is filthy
	Grade           *grade.Table // of finished pictures; nil = none
	Transparent     bool         // the sky is left out: alpha 0
}

// ToneMap names a tone mapping curve.
type ToneMap uint8

// The tone maps.
const (
	AgX     ToneMap = iota
	Neutral         // Khronos PBR Neutral
	ACES            // the film look of ACES 1
)
