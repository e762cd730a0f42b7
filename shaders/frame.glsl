// What every pass knows of the frame. Go: pipeline.frameBlock (frameblock.go), whose
// offsets a test checks against this. The eye frame has its origin at the eye and axes
// east, north, up of the eye's place; directions and positions are in it unless said.
layout(std140, binding = 0) uniform Frame {
	mat4 viewProj;       // eye frame to clip, jittered
	mat4 viewProjStable; // eye frame to clip, without jitter
	mat4 reproject;      // eye frame of this frame to the previous frame's clip, without jitter
	mat4 view;           // eye frame to view (x right, y up, z backwards), a rotation
	mat4 toEcef;         // eye frame to ECEF, a rotation
	mat4 toStars;        // eye frame to the celestial frame, a rotation
	mat4 cascade;        // eye frame to shadow texture space of cascade 0: xy 0..1, z reversed depth
	vec4 cascadeStep[4]; // from there to cascade i: xyz offset after w factor
	vec4 cascadeSplit;   // metres along the view axis at which cascade i ends
	vec4 cascadeTexel;   // metres a texel of cascade i
	vec4 rayForward;     // eye frame; xyz view axis with the jitter in it; w near, metres
	vec4 rayRight;       // xyz right axis times tan of half the horizontal angle; w that tan
	vec4 rayUp;          // xyz up axis times tan of half the vertical angle; w that tan
	vec4 size;           // xy pixels of what is drawn, zw 1/xy
	vec4 jitter;         // xy of this frame in NDC; z pixels of the picture that one drawn is wide, inverted: 1, or less where frames are drawn smaller; w one over the frames that the history stands for
	vec4 sun;            // xyz unit towards the sun; w sine of its height
	vec4 moon;           // xyz unit towards the moon; w lit share of its disc
	vec4 planet;         // xyz centre of the osculating sphere, w its radius, metres
	vec4 ground;         // x ellipsoidal height of the eye, y of the ground below it, z of the globe, w 1 = globe is sea
	vec4 air;            // x haze, y wetness, z clouds 0..1, w night 0..1 (lamps and windows)
	vec4 exposure;       // x snow that lies 0..1, y 1 = automatic, z compensation in stops, w 1 = transparent sky
	vec4 clock;          // x story seconds, y sub-frame, z sub-frames, w pixels of what is drawn per pixel of a 1080-line one
	vec4 lamps;          // x, y metres from which, and beyond which, surfaces paint the light of lamps themselves; z, w slice of the light grid: log2(depth)·z + w
	vec4 lattice;        // xyz the eye in ECEF modulo PATTERN: for patterns that no mesh's frame is to be seen in
	uvec4 counts;        // x seed, y cascades (0 = no sun shadow), z 1 = live, w frame number modulo 1024, 1 in files
} frame;

// Metres in which such patterns repeat along each axis of ECEF.
const float PATTERN = 2560.0;

// patternAt is the place of an eye-frame position in them: the same whichever tile holds it.
vec3 patternAt(vec3 eyePos) { return mat3(frame.toEcef) * eyePos + frame.lattice.xyz; }

// viewRay returns the eye-frame ray of a point of the picture (uv 0..1) whose view depth
// is 1 metre: times a view depth it is a position.
vec3 viewRay(vec2 uv) {
	vec2 ndc = uv * 2.0 - 1.0;
	return frame.rayForward.xyz + ndc.x * frame.rayRight.xyz + ndc.y * frame.rayUp.xyz;
}

// middle returns where the middle of a pixel lies in the picture.
vec2 middle(ivec2 p) { return (vec2(p) + 0.5) * frame.size.zw; }

// viewDepth returns metres along the view axis from the depth buffer; the sky (depth 0)
// is infinite.
float viewDepth(float depth) { return frame.rayForward.w / depth; }

// eyePosition returns the eye-frame position of a pixel.
vec3 eyePosition(vec2 uv, float depth) { return viewRay(uv) * viewDepth(depth); }

// depthOf returns metres along the view axis of an eye-frame position.
float depthOf(vec3 eyePos) { return -dot(vec3(frame.view[0].z, frame.view[1].z, frame.view[2].z), eyePos); }
