package sample

import "math"

// museum is a house on the quay whose inside is mapped, for a take that ends in a room.
func (c *city) museum(phi float64) {
	const wide, deep = 40.0, 16.0
	mid := at(bayRadius+17, phi)
	sin, cos := math.Sincos(phi)
	// x runs along the quay, y away from the bay, from the corner that faces it.
	place := func(x, y float64) point {
		x, y = x-wide/2, y-deep/2
		return point{mid[0] + float64(y*cos) - float64(x*sin), mid[1] + float64(y*sin) + float64(x*cos)}
	}
	box := func(x0, y0, x1, y1 float64) []point {
		return []point{place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1)}
	}
	c.osm.area(box(0, 0, wide, deep), "building", "museum", "name", "Museu do Mar", "height", "9", "building:levels", "2", "roof:shape", "flat", "building:colour", "#e4dccb")
	room := func(x0, y0, x1, y1 float64, level, kind, name string) {
		t := []string{"indoor", "room", "room", kind, "level", level}
		if name != "" {
			t = append(t, "name", name)
		}
		c.osm.area(box(x0, y0, x1, y1), t...)
	}
	room(0, 0, 7, 7, "0", "shop", "Loja")
	room(7, 0, 14, 7, "0", "restaurant", "Café")
	c.osm.area(box(14, 0, 26, 7), "indoor", "area", "room", "lobby", "level", "0", "name", "Átrio")
	room(26, 0, 33, 7, "0", "storage", "")
	room(33, 0, 40, 7, "0", "office", "")
	room(0, 9, 26, 16, "0", "gallery", "Sala dos Navios")
	room(0, 0, 20, 7, "1", "gallery", "Sala das Cartas")
	room(20, 0, 40, 7, "1", "gallery", "Sala da Baía")
	room(0, 9, 26, 16, "1", "library", "Biblioteca")
	room(32, 9, 40, 16, "0;1", "toilets", "")
	c.osm.area(box(26, 9, 32, 16), "indoor", "room", "room", "stairs", "stairs", "yes", "level", "0;1")
	c.osm.area(box(0, 7, 40, 9), "indoor", "corridor", "level", "0;1")
	door := func(x, y float64, t ...string) { c.osm.poi(place(x, y), t...) }
	door(20, 0, "entrance", "main", "door", "sliding", "width", "2.4", "level", "0")
	for _, x := range []float64{3.5, 10.5, 29.5, 36.5} {
		door(x, 7, "door", "hinged", "level", "0")
	}
	for _, x := range []float64{10, 30} {
		door(x, 7, "door", "hinged", "width", "1.6", "level", "1")
	}
	door(13, 9, "door", "hinged", "width", "1.8", "level", "0;1")
	door(29, 9, "door", "yes", "width", "1.6", "level", "0;1")
	door(36, 9, "door", "hinged", "level", "0;1")
}
