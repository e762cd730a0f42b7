package gallery

import (
	"slices"
	"strings"

	"github.com/longtake/longtake/layers"
	"github.com/longtake/longtake/scene"
)

// overCity are the groups whose components the gallery shows over the sample city, where the
// small goldens have the bare sea: what they say is read better at the places it is about.
var overCity = []string{"points", "labels", "decoration", "flows", "lines", "areas", "cells", "fields", "panels", "charts"}

// aloft looks at the whole city from the south.
const aloft = "{ lng: -30.499, lat: 36.472, height: 2500, pitch: -33 }"

// facing are marks that face the eye: on the ground, it hides their lower half.
var facing = []string{"point", "cluster", "icon"}

// surrounded is an example with the city around it, on its ground, unless it says itself what
// stands around it or how it is seen.
func surrounded(t scene.Type, e scene.Example) scene.Example {
	if e.Around != "" || e.Camera != "" || layers.Built(t) || !slices.Contains(overCity, t.Group) {
		return e
	}
	e.Around = layers.City
	if t.Group == "panels" || t.Group == "charts" && strings.Contains(e.Layer, "anchor: center") {
		return e // on the screen, before the usual view
	}
	e.Camera = aloft
	if !strings.Contains(e.Layer, "clamp:") {
		e.Layer += ", clamp: ground"
	}
	if slices.Contains(facing, t.Name) && !strings.Contains(e.Layer, "depthTest:") {
		e.Layer += ", depthTest: false"
	}
	return e
}
