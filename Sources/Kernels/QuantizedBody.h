/* The product of whole numbers for one kind of processor: included by Quantized.c, which says what a vector is. */

/* A tile of the product, held in registers while k runs. */
INLINE void NAME(tile)(
    float *c, const float *start, size_t step, const uint8_t *a, const float *a_scales, const int8_t *b,
    const int32_t *b_sums, const float *b_scales, size_t k, size_t m, size_t panel, const int rows, const int vectors) {
    Vector sum[8][4];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++) sum[row][vector] = (Vector){0};
    for (size_t at = 0; at < k; at += 4) {
        Vector factor[4];
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++)
            memcpy(&factor[vector], b + at * panel + 4 * LANES * vector, sizeof(Vector));
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++) {
            int32_t four;
            memcpy(&four, a + row * k + at, sizeof four);
            const Vector spread = SPREAD(four);
#pragma clang loop unroll(full)
            for (int vector = 0; vector < vectors; vector++) sum[row][vector] = DOT(sum[row][vector], spread, factor[vector]);
        }
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++) {
            int32_t whole[LANES];
            memcpy(whole, &sum[row][vector], sizeof whole);
            float *out = c + row * m + LANES * vector;
            const float *from = start + row * step + LANES * vector;
            for (int lane = 0; lane < LANES; lane++)
                out[lane] = from[lane] + (float)(whole[lane] - b_sums[LANES * vector + lane])
                    * (a_scales[row] * b_scales[LANES * vector + lane]);
        }
}

INLINE void NAME(columns)(
    float *c, const float *start, size_t step, const uint8_t *a, const float *a_scales, const int8_t *b,
    const int32_t *b_sums, const float *b_scales, size_t n, size_t k, size_t m, size_t column, const int vectors) {
    const size_t first = column / onrecord_panel * onrecord_panel;
    const size_t panel = m - first < onrecord_panel ? m - first : onrecord_panel;
    c += column;
    start += column;
    b += first * k + 4 * (column - first);
    b_sums += column;
    b_scales += column;
    size_t row = 0;
    for (; row + ROWS <= n; row += ROWS)
        NAME(tile)(
            c + row * m, start + row * step, step, a + row * k, a_scales + row, b, b_sums, b_scales, k, m, panel, ROWS,
            vectors);
    for (; row < n; row++)
        NAME(tile)(
            c + row * m, start + row * step, step, a + row * k, a_scales + row, b, b_sums, b_scales, k, m, panel, 1, vectors);
}

static void NAME(multiply_quantized)(
    float *c, const float *start, size_t step, const uint8_t *a, const float *a_scales, const int8_t *b,
    const int32_t *b_sums, const float *b_scales, size_t n, size_t k, size_t m) {
    size_t column = 0;
    for (; column + LANES * VECTORS <= m; column += LANES * VECTORS)
        NAME(columns)(c, start, step, a, a_scales, b, b_sums, b_scales, n, k, m, column, VECTORS);
    for (; column + 2 * LANES <= m; column += 2 * LANES)
        NAME(columns)(c, start, step, a, a_scales, b, b_sums, b_scales, n, k, m, column, 2);
    for (; column < m; column += LANES)
        NAME(columns)(c, start, step, a, a_scales, b, b_sums, b_scales, n, k, m, column, 1);
}

static void NAME(quantize)(uint8_t *out, float *scales, const float *in, size_t n, size_t k) {
    for (size_t row = 0; row < n; row++) {
        const float *from = in + row * k;
        /* Sizes of floats are in the order of their bits, which vectors compare at once. */
        uint32_t bits = 0;
        for (size_t at = 0; at < k; at++) {
            uint32_t size;
            memcpy(&size, from + at, sizeof size);
            size &= 0x7fffffff;
            bits = size > bits ? size : bits;
        }
        float largest;
        memcpy(&largest, &bits, sizeof largest);
        const float factor = largest > 1e-30f ? 127 / largest : 0;
        scales[row] = largest / 127;
        /* Adding and taking away 1.5 · 2^23 rounds to the nearest whole number, ties to the even one. */
        for (size_t at = 0; at < k; at++)
            out[row * k + at] = (uint8_t)(int32_t)((from[at] * factor + 12582912.0f) - 12582912.0f + 128);
    }
}

#undef NAME
#undef Vector
#undef LANES
#undef SPREAD
#undef DOT
#undef ROWS
#undef VECTORS
