// Package solid builds the objects of city models that are no buildings: roads, water,
// plants, land use, bridges, tunnels, furniture, relief. Their surfaces are drawn as the
// model gives them, with a material by the object's type, and the model's own ground can
// serve as the elevation that everything else stands on.
package solid
