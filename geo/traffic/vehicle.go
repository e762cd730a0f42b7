package traffic

// kind is a sort of vehicle.
type kind struct {
	model  string // of geo/model
	length float64
	share  float64 // of all, on ordinary streets
}

// kinds are what is on the road; the shares are those of town traffic in round figures.
var kinds = []kind{{"car", 4.4, 0.64}, {"suv", 4.7, 0.2}, {"van", 5.6, 0.1}, {"bus", 12, 0.02}, {"truck", 9, 0.04}}

// paints are body colours by how often they are seen: white, black, greys and silver are
// three quarters of all cars (Axalta, Global Automotive Color Popularity Report).
var paints = [][4]uint8{
	{236, 236, 234, 255}, {236, 236, 234, 255}, {228, 230, 230, 255}, {30, 31, 33, 255}, {34, 36, 40, 255}, {112, 115, 118, 255},
	{132, 135, 138, 255}, {176, 179, 182, 255}, {192, 194, 196, 255}, {44, 68, 112, 255}, {132, 28, 30, 255}, {110, 92, 74, 255},
}

// buses are painted by their operators.
var liveries = [][4]uint8{{196, 60, 48, 255}, {230, 222, 206, 255}, {44, 92, 132, 255}}

// mix is the finaliser of SplitMix64 (Steele et al. 2014).
func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// Chance is a number in [0, 1) that belongs to a seed.
func Chance(seed uint64) float64 { return float64(mix(seed)>>11) / (1 << 53) }

// pick chooses a kind and its paint.
func pick(seed uint64, bus bool) (kind, [4]uint8) {
	k := kinds[0]
	if bus {
		k = kinds[3]
	} else {
		u := Chance(seed)
		for _, c := range kinds {
			if k = c; u < c.share {
				break
			}
			u -= c.share
		}
	}
	if k.model == "bus" {
		return k, liveries[mix(seed+1)%uint64(len(liveries))]
	}
	return k, paints[mix(seed+2)%uint64(len(paints))]
}
