package scene

import (
	"path/filepath"
	"time"
)

// Version is the version of the document format, the value of its "longtake" key.
const Version = 1

// Document is a scene. New returns one with its defaults; fields equal to their default
// need not be written. The tags are those of Type.
type Document struct {
	Longtake    int                `json:"longtake" required:"true" min:"1" max:"1" doc:"version of the document format"`
	Name        string             `json:"name" doc:"title of the scene"`
	Credits     []string           `json:"credits" doc:"lines drawn and written into metadata besides those of the sources"`
	Package     *Package           `json:"package" doc:"present in generated packages only"`
	Sources     map[string]Source  `json:"sources" doc:"data by name"`
	Palettes    map[string][]Color `json:"palettes" doc:"colours by name, for palette; they go before those of the project"`
	Theme       Theme              `json:"theme" doc:"what layers take instead of their own defaults"`
	Layers      []Layer            `json:"layers" later:"true" doc:"what is drawn, in order"`
	Camera      *Camera            `json:"camera" doc:"pose of stills, and of a scene without keyframes"`
	Views       []View             `json:"views" doc:"cameras by name, for --view and compare"`
	Story       Story              `json:"story" doc:"keyframes and chapters on one timeline"`
	Environment Environment        `json:"environment" doc:"light, air and the planet"`
	Output      Output             `json:"output" doc:"defaults for rendering"`

	// Dir is the folder that relative paths are resolved against; see Resolve.
	Dir string `json:"-"`
	// Snapshots are the files that stand for the addresses of sources, by address.
	Snapshots map[string]string `json:"-"`
	// Warnings are what is allowed but most likely not meant, in the order of the file.
	Warnings Errors `json:"-"`
	// File names the document in errors.
	File string `json:"-"`
}

// View is a camera with a name.
type View struct {
	Name   string `json:"name" required:"true" doc:"what it is called"`
	Camera Camera `json:"camera" required:"true" doc:"pose"`
}

// SetDefaults fills the defaults.
func (v *View) SetDefaults() { v.Camera.SetDefaults() }

// View returns the camera of that name: a view, or the story's at the start of a chapter.
func (d *Document) View(name string) (c Camera, ok bool) {
	for _, v := range d.Views {
		if v.Name == name {
			return v.Camera, true
		}
	}
	for _, c := range d.Story.Chapters {
		if m := d.At(c.From); c.ID == name && m.HasCamera {
			return m.Camera, true
		}
	}
	return c, false
}

// New returns an empty document with its defaults.
func New() *Document {
	d := &Document{Longtake: Version}
	d.Environment.SetDefaults()
	d.Output.SetDefaults()
	return d
}

// Resolve returns a path of the document as a path of the system: relative paths are
// below the document's folder, and an address is the file that stands for it.
func (d *Document) Resolve(path string) string {
	if file, ok := d.Snapshots[path]; ok {
		return file
	}
	path = filepath.FromSlash(path)
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(d.Dir, path)
}

// Layer returns the layer of that id, or nil.
func (d *Document) Layer(id string) *Layer {
	for i := range d.Layers {
		if d.Layers[i].ID == id {
			return &d.Layers[i]
		}
	}
	return nil
}

// Clone returns a deep copy.
func (d *Document) Clone() *Document { return cloned(d) }

// StartTime is the scene's date at story time 0: environment.time, or three in the
// afterafternoon (mean solar time) of 21 June 2026 where the first camera is, which is
// pleasant light at most places where there are people.
func (d *Document) StartTime() time.Time {
	if d.Environment.Time != nil {
		return *d.Environment.Time
	}
	lng := 0.0
	if d.Camera != nil {
		lng = d.Camera.Lng
	}
	if len(d.Story.Keyframes) > 0 {
		lng = d.Story.Keyframes[len(d.Story.Keyframes)-1].Camera.Lng
	}
	afternoon := time.Date(2026, 6, 21, 15, 0, 0, 0, time.UTC)
	return afternoon.Add(-time.Duration(lng / 360 * 24 * float64(time.Hour)))
}

// Place is a position in a document.
type Place struct {
	Lng    float64 `json:"lng" required:"true" min:"-360" max:"360" unit:"°" doc:"longitude, east of Greenwich"`
	Lat    float64 `json:"lat" required:"true" min:"-90" max:"90" unit:"°" doc:"latitude, north of the equator"`
	Height float64 `json:"height" unit:"m" doc:"above what the camera's above says; the ellipsoid unless said"`
}

// Package tells what a generated package is.
type Package struct {
	Version  int     `json:"version" required:"true" min:"1" doc:"version of the package layout"`
	Tool     string  `json:"tool" doc:"what generated it"`
	Origin   Place   `json:"origin" doc:"origin of the package's frame"`
	Bounds   *Bounds `json:"bounds" doc:"region that the data covers"`
	SeaLevel float64 `json:"seaLevel" unit:"m" doc:"height of the sea above the ellipsoid"`
}
