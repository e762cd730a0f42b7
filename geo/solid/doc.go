// Package solid builds the objects of city models that are no buildings: roads, water,
// plants, land use, bridges, tunnels, furniture. Their surfaces are drawn as the model
// gives them, with a material by the object's type. The model's relief is not drawn but
// serves as the elevation that everything stands on.
package solid
