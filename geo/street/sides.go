package street

import "github.com/longtake/longtake/geo/clean"

// sides are the bands beyond the lanes on the left and right, from the outside inwards.
func sides(tags map[string]string, st *style, r Region, oneway int, left bool) (l, rt []Band) {
	for i, side := range [2]string{"left", "right"} {
		var out []Band
		kerbside := oneway == 0 || (side == "left") == left || tags["dual_carriageway"] != "yes"
		if w := walkWidth(tags, side, st, r); w > 0 && kerbside {
			out = append(out, Band{Kind: Walk, Width: w})
		}
		if v := sided(tags, "parking", side); v == "lane" || v == "street_side" || v == "" && r.Wide && tags["highway"] == "residential" && tags["width"] == "" && tags["lanes"] != "1" {
			b := Band{Kind: Parking, Width: 2.2}
			switch tags["parking:"+side+":orientation"] + tags["parking:both:orientation"] {
			case "perpendicular":
				b.Width, b.Across = 5, true
			case "diagonal":
				b.Width, b.Across = 4.6, true
			}
			out = append(out, b)
		} else if v := tags["parking:lane:"+side] + tags["parking:lane:both"]; v == "parallel" {
			out = append(out, Band{Kind: Parking, Width: 2.2})
		} else if v == "perpendicular" || v == "diagonal" {
			out = append(out, Band{Kind: Parking, Width: 4.8, Across: true})
		}
		if v := sided(tags, "cycleway", side); v == "lane" || v == "track" || v == "opposite_lane" && (side == "left") != left {
			if plain := tags["cycleway"] == v; !plain || oneway == 0 || (side == "left") == left || v == "opposite_lane" {
				out = append(out, Band{Kind: Cycle, Width: 1.7})
			}
		}
		if i == 0 {
			l = out
		} else {
			rt = out
		}
	}
	return l, rt
}

// walkWidth is that of a sidewalk on one side; 0 for none.
func walkWidth(tags map[string]string, side string, st *style, r Region) float64 {
	if st.walk == 0 {
		return 0
	}
	has := false
	switch v := sided(tags, "sidewalk", side); v {
	case "yes":
		has = true
	case "no", "none", "separate":
		return 0
	default:
		switch tags["sidewalk"] {
		case "both", "left", "right":
			has = tags["sidewalk"] == "both" || tags["sidewalk"] == side
			if !has {
				return 0
			}
		default:
			has = st.always || settled(tags)
		}
	}
	if !has {
		return 0
	}
	for _, key := range [...]string{"sidewalk:" + side + ":width", "sidewalk:both:width"} {
		if w, ok := clean.Length(tags[key]); ok && w >= 0.5 && w <= 15 {
			return w
		}
	}
	if r.Wide {
		return st.walk + 0.8
	}
	return st.walk
}

// settled tells whether tags speak of a built-up place.
func settled(tags map[string]string) bool {
	if tags["lit"] == "yes" {
		return true
	}
	for _, key := range [...]string{"parking:both", "parking:left", "parking:right", "parking:lane:both", "cycleway", "cycleway:right"} {
		if v := tags[key]; v != "" && v != "no" {
			return true
		}
	}
	v := speedOf(tags)
	return v > 0 && v <= 55 && tags["name"] != ""
}

// sided reads key:left or key:right, key:both or the plain key.
func sided(tags map[string]string, key, side string) string {
	for _, k := range [...]string{key + ":" + side, key + ":both", key} {
		if v := tags[k]; v != "" {
			return v
		}
	}
	return ""
}

func oneway(tags map[string]string) int {
	switch tags["oneway"] {
	case "yes", "1", "true":
		return 1
	case "-1", "reverse":
		return -1
	case "no":
		return 0
	}
	if j := tags["junction"]; j == "roundabout" || j == "circular" || tags["highway"] == "motorway" {
		return 1
	}
	return 0
}
