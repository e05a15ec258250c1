// What a thread that analyses may take for its short-lived objects.

/**
 * Most objects of an analysis live for moments, and V8 answers them with more memory, not with less
 * garbage, up to 100 MB. Half of that is as fast; at 3 MB a quarter of the time goes into collecting.
 * In megabytes, for `resourceLimits`.
 */
export const maxYoungGenerationSizeMb = 48;
