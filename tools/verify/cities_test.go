package verify_test

// city is a real data set with three cameras: from above, obliquely and in a street.
type city struct {
	name  string
	files []string    // below the data folder
	scene string      // where data files alone do not say enough; %[1]s is the data folder
	views [3][]string // none: about the middle of the package
}

// The sample city is written by longtake itself. The views "above" are ellipsoidal heights; streets are given above the ground by orbits.
var cities = []city{
	{"sample", nil, "", [3][]string{}},
	{"sanfrancisco", nil, `longtake: 1
name: San Francisco
credits: ["© OpenStreetMap contributors"]
sources:
  osm: { type: osm, path: "%[1]s/city-sanfrancisco/sf-downtown.osm.pbf", bbox: [-122.43, 37.77, -122.38, 37.815] }
  dem: { type: raster, path: "%[1]s/city-sanfrancisco/sf-heightmap-8bit.png", bounds: [-122.5233, 37.6493, -122.3566, 37.8159], scale: 1.21 }
layers:
  - { id: ground, type: terrain, source: dem }
  - { id: areas, type: areas, source: osm }
  - { id: water, type: water, source: osm }
  - { id: roads, type: roads, source: osm }
  - { id: rail, type: railways, source: osm }
  - { id: buildings, type: buildings, source: osm }
  - { id: trees, type: trees, source: osm }
  - { id: furniture, type: furniture, source: osm }
  - { id: barriers, type: barriers, source: osm }
`, [3][]string{{"--camera", "-122.4,37.79,3500,0,-90"}, {"--orbit", "-122.4,37.792,1600,700"}, {"--orbit", "-122.3993,37.7935,120,25"}}},
	{"sanfrancisco-north", []string{"city-sanfrancisco/sf-downtown.osm.pbf", "city-sanfrancisco/elev-russian-hill-float32.tif"}, "",
		[3][]string{{"--camera", "-122.418,37.802,3000,0,-90"}, {"--orbit", "-122.418,37.802,1200,500"}, {"--orbit", "-122.4187,37.8021,150,30"}}},
	{"monaco", []string{"city-monaco/monaco-planetiler.osm.pbf", "city-monaco/N43E007.hgt.zip"}, "",
		[3][]string{{"--camera", "7.4235,43.737,4000,0,-90"}, {"--orbit", "7.4235,43.737,1500,500"}, {"--orbit", "7.4279,43.7394,150,30"}}},
	{"monaco-coast", []string{"city-monaco/monaco-osrm.osm.pbf", "city-monaco/N43E007.hgt.zip"}, "",
		[3][]string{{"--camera", "7.42,43.74,9000,0,-90"}, {"--orbit", "7.42,43.738,3000,1200"}, {"--orbit", "7.4279,43.7394,150,30"}}},
	{"andorra", []string{"city-andorra/andorra.osm.pbf", "city-andorra/N42E001.hgt.zip", "city-andorra/N41E001.hgt.zip"}, "",
		[3][]string{{"--camera", "1.52,42.5,12000,0,-90"}, {"--orbit", "1.5245,42.5078,3500,1600"}, {"--orbit", "1.5215,42.5075,200,60"}}},
	{"berlin", []string{"city-berlin/siegessaeule.osm.gz"}, "",
		[3][]string{{"--camera", "13.3501,52.5145,600,0,-90"}, {"--orbit", "13.3501,52.5145,160,90"}, {"--orbit", "13.3501,52.5145,70,4"}}},
	{"manhattan", []string{"city-newyork/manhattan-buildings.json", "city-newyork/manhattan-trips.json"}, "",
		[3][]string{{"--camera", "-74.0,40.712,4500,0,-90"}, {"--orbit", "-74.008,40.708,1600,700"}, {"--orbit", "-74.0105,40.7075,150,30"}}},
	{"honolulu", []string{"city-honolulu/honolulu.mbtiles"}, "",
		[3][]string{{"--camera", "-157.858,21.307,4000,0,-90"}, {"--orbit", "-157.862,21.306,1600,700"}, {"--orbit", "-157.8625,21.3085,150,30"}}},
	{"delft", []string{"city-delft/delft.city.json"}, "",
		[3][]string{{"--camera", "4.3662,52.0118,700,0,-90"}, {"--orbit", "4.3662,52.0118,300,140"}, {"--orbit", "4.3662,52.0118,80,15"}}},
	{"vienna", nil, `longtake: 1
name: Vienna
sources:
  lod2: { type: vector, path: "%[1]s/city-vienna/vienna.city.jsonl", crs: "EPSG:31256" }
layers:
  - { id: buildings, type: buildings, source: lod2 }
`, [3][]string{}},
	{"yokosuka", []string{"city-yokosuka/bldg/52397519_bldg_6697_op.gml"}, "", [3][]string{}},
	{"liechtenstein", []string{"city-liechtenstein/liechtenstein-2013.osm.pbf"}, "", [3][]string{}},
	{"beijing", []string{"city-beijing/haidian.osm"}, "", [3][]string{}},
	{"taipei", []string{"city-taipei/taipei.osm"}, "", [3][]string{}},
	{"portoalegre", []string{"city-portoalegre/poa.osm.pbf", "city-portoalegre/poa_elevation.tif"}, "", [3][]string{}},
	{"washington", []string{"city-washington-dc/buildings.geojson", "city-washington-dc/dtm.tif"}, "", [3][]string{}},
	{"zurich", []string{"city-zurich/zurich_lod2.city.json"}, "", [3][]string{}},
}
