package pyramid

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Address is a template with the places of a tile's numbers, as web maps write them:
//
//	{z} {x} {y}        zoom, column, row from the north
//	{-y}               row from the south (TMS)
//	{quadkey}          Bing's number
//	{s}, {a-c}, {0-3}  one of several hosts, by the tile; {s} is {a-c}
//	{bbox-epsg-3857}   west,south,east,north in metres (WMS)
//	{ratio}, {r}       nothing
//
// Addresses of the services of OGC need no places: a GetTile of WMTS with key-value pairs
// (OGC 07-057r7) gets TILEMATRIX, TILEROW and TILECOL, a GetMap of WMS (OGC 06-042) gets
// BBOX, WIDTH, HEIGHT and CRS.
type Address struct {
	Remote   bool
	template string
}

var (
	places = regexp.MustCompile(`\{[^{}]*\}`)
	hosts  = regexp.MustCompile(`^\{([a-z0-9])-([a-z0-9])\}$`)
)

// IsAddress tells a template or a network address from the name of a file.
func IsAddress(path string) bool {
	return strings.Contains(path, "://") || strings.Contains(path, "{z}") || strings.Contains(path, "{quadkey}")
}

// ParseAddress checks a template. The error says which place is unknown or missing.
func ParseAddress(template string) (Address, error) {
	a := Address{Remote: strings.Contains(template, "://"), template: template}
	if a.Remote {
		u, err := url.Parse(places.ReplaceAllString(template, "0"))
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return a, fmt.Errorf("%q is not an http or https address", template)
		}
		a.template = ogc(template)
	}
	tile := false
	for _, p := range places.FindAllString(a.template, -1) {
		switch p {
		case "{z}", "{s}", "{ratio}", "{r}", "{x}":
		case "{y}", "{-y}", "{quadkey}", "{bbox-epsg-3857}":
			tile = true
		default:
			if !hosts.MatchString(p) {
				return a, fmt.Errorf("%q: %s is not known: {z}, {x}, {y}, {-y}, {quadkey}, {bbox-epsg-3857}, {s} and {a-c} are", template, p)
			}
		}
	}
	if !tile {
		return a, fmt.Errorf("%q names no tile: {z}, {x} and {y} are missing", template)
	}
	return a, nil
}

// ogc completes the query of a WMTS or WMS service.
func ogc(template string) string {
	base, query, ok := strings.Cut(template, "?")
	if !ok {
		return template
	}
	has := map[string]string{}
	for pair := range strings.SplitSeq(query, "&") {
		k, v, _ := strings.Cut(pair, "=")
		has[strings.ToLower(k)] = v
	}
	var more [][2]string
	switch strings.ToLower(has["service"]) {
	case "wmts":
		more = [][2]string{{"REQUEST", "GetTile"}, {"VERSION", "1.0.0"}, {"STYLE", ""}, {"FORMAT", "image/jpeg"}, {"TILEMATRIXSET", "GoogleMapsCompatible"}, {"TILEMATRIX", "{z}"}, {"TILEROW", "{y}"}, {"TILECOL", "{x}"}}
	case "wms":
		more = [][2]string{{"REQUEST", "GetMap"}, {"VERSION", "1.3.0"}, {"STYLES", ""}, {"FORMAT", "image/jpeg"}, {"CRS", "EPSG:3857"}, {"WIDTH", "256"}, {"HEIGHT", "256"}, {"BBOX", "{bbox-epsg-3857}"}}
		if strings.HasPrefix(has["version"], "1.1") || strings.HasPrefix(has["version"], "1.0") {
			more[4][0] = "SRS"
		}
	}
	for _, m := range more {
		if _, there := has[strings.ToLower(m[0])]; !there {
			query = strings.TrimSuffix(query, "&") + "&" + m[0] + "=" + m[1]
		}
	}
	return base + "?" + strings.TrimPrefix(query, "&")
}

// Of is the address of a tile.
func (a Address) Of(t Tile) string {
	return places.ReplaceAllStringFunc(a.template, func(p string) string {
		switch p {
		case "{z}":
			return strconv.Itoa(int(t.Z))
		case "{x}":
			return strconv.Itoa(int(t.X))
		case "{y}":
			return strconv.Itoa(int(t.Y))
		case "{-y}":
			return strconv.Itoa(1<<t.Z - 1 - int(t.Y))
		case "{quadkey}":
			return quadkey(t)
		case "{bbox-epsg-3857}":
			return metres(t)
		case "{ratio}", "{r}":
			return ""
		}
		from, to := byte('a'), byte('c')
		if m := hosts.FindStringSubmatch(p); m != nil {
			from, to = m[1][0], max(m[1][0], m[2][0])
		}
		return string(from + byte((t.X+t.Y)%uint32(to-from+1)))
	})
}

// quadkey is a tile's number to the base of four, a digit a zoom.
func quadkey(t Tile) string {
	out := make([]byte, t.Z)
	for i := range out {
		bit := uint32(1) << (t.Z - 1 - uint32(i))
		out[i] = '0'
		if t.X&bit != 0 {
			out[i]++
		}
		if t.Y&bit != 0 {
			out[i] += 2
		}
	}
	return string(out)
}

// metres is a tile's box in EPSG:3857.
func metres(t Tile) string {
	const half = math.Pi * 6378137
	side := 2 * half / math.Exp2(float64(t.Z))
	west, north := float64(t.X)*side-half, half-float64(t.Y)*side
	f := func(v float64) string { return strconv.FormatFloat(v, 'f', 3, 64) }
	return f(west) + "," + f(north-side) + "," + f(west+side) + "," + f(north)
}

// isPicture tells a picture from the page that a service sends for an error.
func isPicture(data []byte) bool {
	for _, magic := range []string{"\x89PNG", "\xff\xd8\xff", "RIFF"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return true
		}
	}
	return false
}
