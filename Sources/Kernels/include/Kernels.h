/* Dense arithmetic, row-major, for the language network: on 32-bit floats, and on whole numbers for reading.
 *
 * Every sum runs in one fixed order and no product is fused with an addition, so that all processors, with wide vectors
 * or narrow, give the same bits. */
#ifndef ONRECORD_KERNELS_H
#define ONRECORD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* Columns of a product come in multiples of this. */
#define ONRECORD_LANES 16

/* c (n × m) = a (n × k) · b (k × m), added to what c holds where `accumulate` is not 0. m is a multiple of 16. */
void onrecord_multiply(float *c, const float *a, const float *b, size_t n, size_t k, size_t m, int accumulate);

/* onrecord_multiply with the rows of a from `first` on. */
void onrecord_multiply_from(
    float *c, const float *a, size_t first, const float *b, size_t n, size_t k, size_t m, int accumulate);

/* How many columns of a matrix of whole numbers lie together. */
enum { onrecord_panel = 64 };

/* c (n × m) = start + a · b for whole numbers: start is one row for all where `step` is 0, else rows `step` numbers apart; a
 * (n × k) as onrecord_quantize gives it, b with a scale for each column. b holds panels of 64 columns one behind the other,
 * the last one what is left; a panel holds its rows by fours, the four numbers of a column side by side (k/4 × 64 × 4), so that a
 * product reads it from end to end. None of its numbers is beyond 63, so that two products and their sum fit into 16 bits;
 * b_sums is 128 times the sum of each of its columns. k is a multiple of 4, m of 16. Exact up to the last scaling. */
void onrecord_multiply_quantized(
    float *c, const float *start, size_t step, const uint8_t *a, const float *a_scales, const int8_t *b,
    const int32_t *b_sums, const float *b_scales, size_t n, size_t k, size_t m);

/* out (n × k) = whole numbers from 1 to 255, 128 standing for 0, and for each row the scale that brings them back. */
void onrecord_quantize(uint8_t *out, float *scales, const float *in, size_t n, size_t k);

/* out (columns × stride) = the transpose of in (rows × columns); stride ≥ rows, the rest is zeroed. */
void onrecord_transpose(float *out, const float *in, size_t rows, size_t columns, size_t stride);

/* Sets every row of c (n × m) to `bias`. */
void onrecord_fill_rows(float *c, const float *bias, size_t n, size_t m);

/* x (n × width) = for each row the sum of `features` rows of a table of signed bytes, each times its row's scale. */
void onrecord_embed(
    float *x, const int8_t *table, const float *scales, const uint32_t *rows, size_t n, size_t features, size_t width);

/* values = max(values, 0). */
void onrecord_rectify(float *values, size_t count);

/* c (n × width) = max(c + a + b, 0): a's rows from `first` on, and b, one row, for all. */
void onrecord_join(float *c, const float *a, size_t first, const float *b, size_t n, size_t width);

/* Windows of three rows side by side: out (rows × 3·width), for the n rows from `first` on; zero beyond these. */
void onrecord_window(float *out, const float *x, size_t first, size_t n, size_t width);

/* One direction of a simple recurrent layer over a sentence, the n rows from `first` on (Lei et al. 2018, without peepholes).
 *
 * z (n × 6·width) holds candidate, forget and reset gate of the forward pass, then of the backward pass, before their
 * sigmoids, which replace them; x (n × input) is what the layer was given, input = width or 2·width; cells and y are
 * n × 2·width. */
void onrecord_scan(
    float *y, float *cells, float *z, const float *x, size_t first, size_t n, size_t width, size_t input, int backward);

/* The gradient of onrecord_scan: from dy (n × 2·width) to dz (n × 6·width), and added to dx (n × input). */
void onrecord_scan_gradient(
    float *dz, float *dx, const float *dy, const float *cells, const float *z, const float *x, size_t first, size_t n,
    size_t width, size_t input, int backward);

/* One step of Adam (Kingma and Ba 2015) on `count` numbers from `start` on, biases of the moments corrected through
 * `rate`. */
void onrecord_adam(
    float *weights, float *first, float *second, const float *gradient, size_t start, size_t count, float rate,
    float beta1, float beta2, float epsilon, float scale);

#endif
