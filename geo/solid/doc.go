// Package solid builds the objects of city models that are no buildings: roads, water,
// plants, land use, bridges, tunnels, furniture. Their surfaces are drawn as the model
// gives them, with a material by the object's type. The model's relief is not drawn but
// serves as the elevation that everything stands on.
//
// Surfaces are WGS84 with heights above the ellipsoid, as geo/read gives them. Surfaces
// without area are left out; objects of which nothing is left are skipped in the report.
package solid
