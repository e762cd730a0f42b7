package generate

import (
	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/geo/raster"
	"github.com/longtake/longtake/scene"
)

// usedSources lists the sources that drawn layers name, with those that they are made of,
// sorted.
func usedSources(doc *scene.Document) []string {
	var names []string
	for i := range doc.Layers {
		if l := &doc.Layers[i]; !l.Template && l.Source != "" {
			names = append(names, l.Source)
		}
		if other := joinedSource(&doc.Layers[i]); other != nil && *other != "" {
			names = append(names, *other)
		}
	}
	return doc.Using(names)
}

// joinedSource is where the source is named whose rows colour a layer's tiles; nil where none does.
func joinedSource(l *scene.Layer) *string {
	if j, ok := l.Props.(interface{ JoinedSource() *string }); ok && !l.Template {
		return j.JoinedSource()
	}
	return nil
}

func rasterOptions(src scene.Source, clip *geo.Bound) raster.Options {
	o := raster.Options{Offset: src.Offset, NoData: src.NoData, CRS: src.CRS, Clip: clip}
	if src.Bounds != nil {
		o.Bounds = (*geo.Bound)(src.Bounds)
	}
	if src.Scale != 1 {
		o.Scale = src.Scale
	}
	if src.Datum != "auto" {
		o.Datum = src.Datum
	}
	if (src.Decode != scene.Decode{}) {
		// Named encodings are recognised by content as well; base and interval are the
		// general form: height = base + interval × the 24-bit number.
		o.Decode, o.Scale, o.Offset = raster.TerrainRGB, src.Decode.Interval*orOne(src.Scale), src.Decode.Base*orOne(src.Scale)+src.Offset
		if src.Decode == scene.Encodings["terrarium"] {
			o.Decode = raster.Terrarium
			o.Scale, o.Offset = 0, 0
		}
	}
	return o
}

func orOne(v float64) float64 {
	if v == 0 {
		return 1
	}
	return v
}
