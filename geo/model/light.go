package model

import "github.com/longtake/longtake/geo"

// lamp is a street light of 8 m: a tapered pole, an arm towards +x and a flat head that
// shines down.
func lamp() []geo.Mesh {
	pole, light := newPiece(geo.Metal), streetLight()
	pole.post(0, 0, 0, 0.9, 0.13, 0.11, 8, poleGrey)
	pole.tube(vec{0, 0, 0.9}, vec{0, 0, 7.4}, 0.085, 0.055, 8, poleGrey, 0.9, 1)
	lampArm(pole, light, 1)
	return parts(pole, light)
}

// streetLight collects the faces of lamps that light a street.
func streetLight() *piece { return &piece{Mesh: geo.Mesh{Material: geo.Lamp}, street: true} }

// lampArm is an arm to a side of x with its head at 8 m.
func lampArm(pole, light *piece, side float64) {
	elbow, end := vec{0.4 * side, 0, 7.82}, vec{1.3 * side, 0, 7.94}
	pole.tube(vec{0, 0, 7.4}, elbow, 0.055, 0.045, 6, poleGrey, 1, 1)
	pole.tube(elbow, end, 0.045, 0.04, 6, poleGrey, 1, 1)
	lo, hi := 1.2*side, 2*side
	if side < 0 {
		lo, hi = hi, lo
	}
	pole.box(vec{lo, -0.16, 7.88}, vec{hi, 0.16, 8}, poleGrey)
	light.box(vec{lo + 0.06, -0.13, 7.83}, vec{hi - 0.06, 0.13, 7.88}, lightWarm)
}

// lampDouble lights both carriageways.
func lampDouble() []geo.Mesh {
	pole, light := newPiece(geo.Metal), streetLight()
	pole.tube(vec{}, vec{0, 0, 7.4}, 0.1, 0.06, 8, poleGrey, 0.9, 1)
	lampArm(pole, light, 1)
	lampArm(pole, light, -1)
	return parts(pole, light)
}

// lantern stands in parks and old streets, 4.2 m high.
func lantern() []geo.Mesh {
	pole, light := newPiece(geo.Metal), streetLight()
	pole.post(0, 0, 0, 0.7, 0.13, 0.1, 8, paintBlack)
	pole.tube(vec{0, 0, 0.7}, vec{0, 0, 3.45}, 0.06, 0.045, 8, paintBlack, 0.95, 1)
	pole.post(0, 0, 3.45, 3.52, 0.16, 0.16, 6, paintBlack)
	light.tube(vec{0, 0, 3.52}, vec{0, 0, 3.92}, 0.13, 0.2, 6, lightWarm, 1, 1)
	pole.cone(vec{0, 0, 3.92}, 0.27, 0.28, 6, paintBlack)
	return parts(pole, light)
}

func farLamp() []geo.Mesh {
	pole, light := newPiece(geo.Metal), streetLight()
	pole.tube(vec{}, vec{0, 0, 8}, 0.1, 0.06, 3, poleGrey, 0.9, 1)
	light.sheet(vec{0, -0.15, 7.95}, vec{2, -0.15, 7.95}, vec{2, 0.15, 7.9}, vec{0, 0.15, 7.9}, lightWarm)
	return parts(pole, light)
}

func farLantern() []geo.Mesh {
	pole, light := newPiece(geo.Metal), streetLight()
	pole.tube(vec{}, vec{0, 0, 3.5}, 0.08, 0.05, 3, paintBlack, 0.95, 1)
	light.tube(vec{0, 0, 3.5}, vec{0, 0, 3.95}, 0.13, 0.2, 4, lightWarm, 1, 1)
	pole.cone(vec{0, 0, 3.95}, 0.26, 0.25, 4, paintBlack)
	return parts(pole, light)
}

// signal is a traffic light whose lenses look to +x, 3.4 m high.
func signal() []geo.Mesh {
	pole, light := newPiece(geo.Metal), newPiece(geo.Lamp)
	pole.tube(vec{0, 0, 0}, vec{0, 0, 3.3}, 0.06, 0.05, 8, poleGrey, 0.9, 1)
	pole.box(vec{0.06, -0.15, 2.45}, vec{0.26, 0.15, 3.4}, paintBlack)
	for k, c := range [3]color{lightGreen.dim(0.12), lightAmber.dim(0.12), lightRed} {
		z := 2.62 + 0.3*float64(k)
		light.sheet(vec{0.265, -0.09, z - 0.09}, vec{0.265, 0.09, z - 0.09}, vec{0.265, 0.09, z + 0.09}, vec{0.265, -0.09, z + 0.09}, c)
		pole.box(vec{0.26, -0.11, z + 0.1}, vec{0.42, 0.11, z + 0.115}, paintBlack)
	}
	return parts(pole, light)
}

func farSignal() []geo.Mesh {
	pole, light := newPiece(geo.Metal), newPiece(geo.Lamp)
	pole.tube(vec{}, vec{0, 0, 3}, 0.07, 0.06, 3, poleGrey, 0.9, 1)
	pole.tube(vec{0.14, 0, 2.45}, vec{0.14, 0, 3.4}, 0.19, 0.19, 3, paintBlack, 1, 1)
	light.wedge(vec{0.34, -0.1, 3.1}, vec{0.34, 0.1, 3.1}, vec{0.34, 0, 3.32}, lightRed)
	return parts(pole, light)
}

// dim is a colour with less light.
func (c color) dim(f float64) color { return color{c[0] * f, c[1] * f, c[2] * f} }
