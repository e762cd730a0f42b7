// Package scene is the document: sources, layers, story, camera state, environment and
// output. It loads and validates YAML and JSON, resolves inheritance and defaults, and
// evaluates the story as a pure function of rational time.
//
//	Load, Parse   text → *Document, or Errors with file, line, column and path
//	Schema        the JSON Schema of what they read
//	Write         *Document → YAML or JSON that reads back the same
//	Document.At   story time → Moment: camera, date, caption, layer properties
//	Camera.Pose   camera state → eye and axes in ECEF
//
// Layer types come from above this package as Types; their properties are Go structs
// with the tags that Type documents.
//
// Conventions. Angles in documents are degrees, lengths metres, times seconds. Heading
// turns clockwise from north; pitch is 0 at the horizon and -90 straight down; roll turns
// the camera clockwise as its viewer sees it; the field of view is vertical. Heights
// count from the WGS84 ellipsoid, or from the ground where a camera says above: ground.
// Such a height stays relative through the whole story, and is resolved by Camera.Pose
// with the ground that its caller passes: the ground below the eye for the eye, at the
// target for the target. Poses are ECEF metres and radians.
//
// Values are not safe for concurrent change; reading them at the same time is.
package scene
