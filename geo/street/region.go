package street

// Region is what a part of the world decides about its streets.
type Region struct {
	Left      bool     // traffic keeps to the left
	Yellow    bool     // lines between directions are yellow
	Wide      bool     // North American: wider lanes and sidewalks, parking on both sides of residential streets
	CycleLane [4]uint8 // sRGB of a cycle lane
}

// leftDriving are coarse boxes {west, south, east, north} of the countries and
// territories where traffic keeps to the left, after the list of the World Standards
// project (worldstandards.eu, "List of left- and right-driving countries"). Boxes keep
// clear of cities across a border rather than follow it: driving_side on a way, where
// tagged, outranks them.
var leftDriving = [][4]float64{
	{-11, 49.8, 1.85, 61},                                       // Great Britain, Ireland, Channel's north shore
	{-2.8, 49.1, -1.95, 49.8},                                   // Jersey, Guernsey
	{14.1, 35.75, 14.6, 36.1},                                   // Malta
	{32.2, 34.5, 34.65, 35.75},                                  // Cyprus
	{66.5, 5, 92.6, 30}, {68, 24, 75, 35.5}, {74, 28, 80, 35.5}, // South Asia
	{92.2, 6.5, 94.5, 14},                                                                                 // Andaman and Nicobar
	{97.4, 5.6, 99, 19.6}, {99, 5.6, 100.1, 20.2}, {100.1, 12.5, 102.4, 17.8}, {102.4, 14.3, 105.5, 17.3}, // Thailand
	{95, -11, 119.3, 5.6}, {99.6, 0.8, 104.6, 6.7}, {115, 4, 119.3, 7.4}, {119.3, -11, 141, 2.2}, // Indonesia, Malaysia, Singapore, Brunei, Timor
	{113.82, 22.13, 114.5, 22.52}, {113.52, 22.1, 113.61, 22.217}, // Hong Kong, Macau
	{122.9, 24, 129.5, 30}, {128.5, 30, 146, 45.6}, {129.6, 31, 132, 34.8}, // Japan
	{112, -44, 154, -10.5}, {166, -48, 179, -34}, {140.8, -11.7, 156, -1}, // Australia, New Zealand, Papua New Guinea
	{155.5, -12.5, 170, -6}, {176, -21.5, 180, -12}, {-180, -25, -157, -8}, // Solomons, Fiji, Tonga, Samoa, Cooks
	{29.5, -4.7, 41.9, 4.3}, {29.6, -11.7, 40.5, -1}, {22, -18.1, 33.7, -8.2}, {30, -27, 41, -10.4}, // East Africa, Zambia, Mozambique
	{11.7, -35, 33, -17}, {57.3, -20.6, 63.6, -19.6}, {55.3, -4.9, 55.9, -4.2}, // Southern Africa, Mauritius, Seychelles
	{-78.4, 17.7, -76.1, 18.6}, {-79.3, 20.9, -72.7, 27.3}, {-81.5, 19.2, -79.7, 19.8}, {-65, 32.2, -64.6, 32.4}, // Jamaica, Bahamas, Caymans, Bermuda
	{-65.1, 18.25, -64.25, 18.8}, {-62.9, 16.6, -61.6, 18.3}, {-61.6, 11.9, -59.3, 15.7}, {-61.95, 10, -60.4, 11.4}, // Lesser Antilles, Trinidad
	{-61.4, 1.2, -54, 8.6}, {-61.4, -52.5, -57.6, -51}, {-5.8, -16.1, -5.6, -15.9}, // Guyana, Suriname, Falklands, St Helena
}

// rightWithin are boxes within those where traffic keeps to the right.
var rightWithin = [][4]float64{
	{28.9, -4.5, 30.8, -1.1},                   // Rwanda, Burundi
	{11.7, -18, 24, -8}, {22, -13.4, 27, -8.2}, // Angola, Congo's Katanga
	{92.6, 15, 97.4, 29}, {117, 5.7, 127, 19}, // Myanmar, Philippines
	{104.9, 8, 110, 12}, {163, -23, 169, -19}, // Vietnam's south, New Caledonia
	{-61.3, 14.3, -60.8, 14.95}, {-61.85, 15.8, -61, 16.55}, // Martinique, Guadeloupe
	{-173, -15, -168, -13.9}, {-60.2, 1.2, -59.9, 5}, // American Samoa, Roraima
}

// yellowLines and wideLanes are where lines between directions are yellow (MUTCD 2009,
// section 3A.05, and its kin in Canada and Latin America) and where streets are built to
// North American measure.
var (
	yellowLines = [][4]float64{{-170, 24.4, -52, 72}, {-161, 18.5, -154, 22.5}, {-118, 7, -59, 33}, {-82, -56, -34, 13}, {124, 33, 132, 43}, {120, 21.8, 122.1, 25.4}, {73, 18, 124, 54}}
	wideLanes   = [][4]float64{{-170, 24.4, -52, 72}, {-161, 18.5, -154, 22.5}}
	greenCycle  = wideLanes
)

// RegionAt is the region of a place in degrees.
func RegionAt(lng, lat float64) Region {
	r := Region{
		Left:      within(leftDriving, lng, lat) && !within(rightWithin, lng, lat),
		Yellow:    within(yellowLines, lng, lat),
		Wide:      within(wideLanes, lng, lat),
		CycleLane: [4]uint8{132, 74, 62, 255},
	}
	if within(greenCycle, lng, lat) {
		r.CycleLane = [4]uint8{72, 116, 84, 255}
	}
	return r
}

func within(boxes [][4]float64, lng, lat float64) bool {
	for _, b := range boxes {
		if lng >= b[0] && lng <= b[2] && lat >= b[1] && lat <= b[3] {
			return true
		}
	}
	return false
}
