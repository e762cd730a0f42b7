package raster

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// virtual is a GDAL virtual raster of one band in front of the source: it carries the
// georeference, CRS and void value in force, and decodes coloured heights before
// anything is resampled. The height is scale·value + offset.
type virtual struct {
	xml           string
	scale, offset float64
}

func (d *dataset) virtual(src, srs string, gt []float64, o Options, g *Grid) (virtual, error) {
	v := virtual{scale: cmp.Or(o.Scale, 1), offset: o.Offset}
	w, h := d.Size[0], d.Size[1]
	var band strings.Builder
	source := func(i int, ratio, add float64) {
		kind, extra := "SimpleSource", ""
		if ratio != 1 || add != 0 {
			kind, extra = "ComplexSource", fmt.Sprintf("<ScaleOffset>%s</ScaleOffset><ScaleRatio>%s</ScaleRatio>", num(add), num(ratio))
		}
		fmt.Fprintf(&band, `<%s><SourceFilename relativeToVRT="0">%s</SourceFilename><SourceBand>%d</SourceBand>`+
			`<SrcRect xOff="0" yOff="0" xSize="%d" ySize="%d"/><DstRect xOff="0" yOff="0" xSize="%d" ySize="%d"/>%s</%s>`,
			kind, escape(src), i+1, w, h, w, h, extra, kind)
	}
	attr, void := `dataType="Float64"`, ""
	switch o.Decode {
	case "", Grey:
		b := d.Bands[0]
		if n := colours(d); n >= 3 && o.Decode == "" {
			return v, fmt.Errorf("it holds %d colour channels: give decode (terrain-rgb, terrarium, or grey for the first channel)", n)
		}
		if o.Scale == 0 && o.Offset == 0 {
			if b.Scale != nil && *b.Scale != 0 {
				v.scale = *b.Scale
			}
			if b.Offset != nil {
				v.offset = *b.Offset
			}
		}
		if m := metres(b.Unit); o.Scale == 0 && m != 0 && m != 1 {
			v.scale, v.offset = v.scale*m, (v.offset-o.Offset)*m+o.Offset
			g.note("heights are in " + b.Unit + ": made metres")
		}
		if b.Type == "Byte" {
			g.Quantum = math.Abs(v.scale)
		}
		void, _ = d.noData(0)
		source(0, 1, 0)
	default:
		if len(d.Bands) < 3 {
			return v, fmt.Errorf("decode %s needs 3 channels and it has %d", o.Decode, len(d.Bands))
		}
		attr += ` subClass="VRTDerivedRasterBand"`
		band.WriteString("<PixelFunctionType>sum</PixelFunctionType><SourceTransferType>Float64</SourceTransferType>")
		if o.Decode == Terrarium {
			source(0, 256, -32768)
			source(1, 1, 0)
			source(2, 1./256, 0)
			break
		}
		if o.Scale == 0 && o.Offset == 0 {
			v.scale, v.offset, void = 0.1, -10000, "0"
		}
		source(0, 65536, 0)
		source(1, 256, 0)
		source(2, 1, 0)
	}
	if o.NoData != nil {
		void = num(*o.NoData)
	}
	if void != "" {
		void = "<NoDataValue>" + void + "</NoDataValue>"
	}
	v.xml = fmt.Sprintf(`<VRTDataset rasterXSize="%d" rasterYSize="%d"><SRS>%s</SRS>`+
		`<GeoTransform>%s,%s,%s,%s,%s,%s</GeoTransform><VRTRasterBand %s band="1">%s%s</VRTRasterBand></VRTDataset>`,
		w, h, escape(srs), num(gt[0]), num(gt[1]), num(gt[2]), num(gt[3]), num(gt[4]), num(gt[5]), attr, void, band.String())
	return v, nil
}

// colours counts the bands that are colours.
func colours(d *dataset) int {
	n := 0
	for _, b := range d.Bands {
		switch b.ColorInterp {
		case "Red", "Green", "Blue":
			n++
		}
	}
	return n
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}
