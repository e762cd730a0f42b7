package indoor

// lampCode is the alpha that tells the shader of geo.Lamp that a lamp lights a room
// (geo/building/facade: Lamp of kind 3).
const lampCode = 255 - (15 | 3<<4)

// colors of what is built, sRGB.
var colors = map[string][4]uint8{
	"floor": {178, 172, 162, 255}, "slab": {150, 147, 142, 255}, "wall": {226, 222, 214, 255}, "cut": {92, 90, 88, 255},
	"ceiling": {236, 234, 230, 255}, "door": {132, 98, 70, 255}, "stair": {168, 166, 162, 255}, "lamp": {255, 240, 214, lampCode},
}

// floors by room=* or indoor=*: what a room's floor is usually made of.
var floors = map[string][4]uint8{
	"office": {150, 152, 154, 255}, "shop": {206, 200, 190, 255}, "class": {158, 148, 128, 255}, "auditorium": {122, 74, 66, 255},
	"toilet": {188, 198, 202, 255}, "toilets": {188, 198, 202, 255}, "bathroom": {188, 198, 202, 255}, "kitchen": {200, 192, 182, 255},
	"stairs": {168, 166, 162, 255}, "elevator": {128, 128, 130, 255}, "corridor": {196, 190, 180, 255}, "lobby": {208, 200, 186, 255},
	"storage": {160, 156, 150, 255}, "technical": {140, 142, 142, 255}, "restaurant": {158, 116, 82, 255}, "bedroom": {170, 134, 100, 255},
	"living": {170, 134, 100, 255}, "library": {150, 112, 80, 255}, "laboratory": {190, 200, 200, 255}, "area": {200, 194, 184, 255},
}

// colorOf is the floor of a room.
func colorOf(kind string) [4]uint8 {
	if c, ok := floors[kind]; ok {
		return c
	}
	return [4]uint8{190, 178, 160, 255}
}
