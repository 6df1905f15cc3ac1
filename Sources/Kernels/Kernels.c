#include "Kernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef float Lanes __attribute__((vector_size(64), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

/* A tile of the product, held in registers while k runs. */
INLINE void tile(
    float *c, const float *a, const float *b, size_t k, size_t m, int accumulate, const int rows, const int vectors) {
    Lanes sum[8][2];
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++)
            sum[row][vector] = accumulate ? *(const Lanes *)(c + row * m + 16 * vector) : (Lanes){0};
    for (size_t at = 0; at < k; at++) {
        Lanes factor[2];
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++) factor[vector] = *(const Lanes *)(b + at * m + 16 * vector);
#pragma clang loop unroll(full)
        for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
            for (int vector = 0; vector < vectors; vector++) sum[row][vector] += factor[vector] * a[row * k + at];
    }
#pragma clang loop unroll(full)
    for (int row = 0; row < rows; row++)
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++) *(Lanes *)(c + row * m + 16 * vector) = sum[row][vector];
}

INLINE void multiply(
    float *c, const float *a, const float *b, size_t n, size_t k, size_t m, int accumulate, const int rows,
    const int vectors) {
    size_t column = 0;
    for (; column + 16 * vectors <= m; column += 16 * vectors) {
        size_t row = 0;
        for (; row + rows <= n; row += rows)
            tile(c + row * m + column, a + row * k, b + column, k, m, accumulate, rows, vectors);
        for (; row < n; row++) tile(c + row * m + column, a + row * k, b + column, k, m, accumulate, 1, vectors);
    }
    for (; column < m; column += 16) {
        size_t row = 0;
        for (; row + rows <= n; row += rows)
            tile(c + row * m + column, a + row * k, b + column, k, m, accumulate, rows, 1);
        for (; row < n; row++) tile(c + row * m + column, a + row * k, b + column, k, m, accumulate, 1, 1);
    }
}

/* e to the x, to about 1e-7 of its size. */
INLINE float exponential(float x) {
    x = x < -87 ? -87 : x > 87 ? 87 : x;
    float power = x * 1.44269504f;
    int whole = (int)(power + (power < 0 ? -0.5f : 0.5f));
    float part = (power - (float)whole) * 0.693147181f;
    float value = 1.0f / 720;
    value = value * part + 1.0f / 120;
    value = value * part + 1.0f / 24;
    value = value * part + 1.0f / 6;
    value = value * part + 0.5f;
    value = value * part + 1;
    value = value * part + 1;
    int32_t bits = (whole + 127) << 23;
    float scale;
    memcpy(&scale, &bits, sizeof scale);
    return value * scale;
}

INLINE float sigmoid(float x) { return 1 / (1 + exponential(-x)); }

INLINE void scan(
    float *restrict y, float *restrict cells, float *restrict z, const float *restrict x, size_t n, size_t width,
    size_t input, int backward) {
    const size_t offset = backward ? width : 0;
    const size_t skip = input == width ? 0 : offset;
    const float *before = 0;
    for (size_t step = 0; step < n; step++) {
        const size_t row = backward ? n - 1 - step : step;
        float *candidate = z + row * 6 * width + 3 * offset;
        float *forget = candidate + width;
        float *reset = forget + width;
        float *cell = cells + row * 2 * width + offset;
        float *out = y + row * 2 * width + offset;
        const float *in = x + row * input + skip;
        for (size_t lane = 0; lane < width; lane++) {
            float f = sigmoid(forget[lane]);
            float r = sigmoid(reset[lane]);
            float value = (1 - f) * candidate[lane];
            if (before) value = value + f * before[lane];
            forget[lane] = f;
            reset[lane] = r;
            cell[lane] = value;
            float bent = 2 * sigmoid(2 * value) - 1;
            out[lane] = r * bent + (1 - r) * in[lane];
        }
        before = cell;
    }
}

INLINE void scan_gradient(
    float *restrict dz, float *restrict dx, const float *restrict dy, const float *restrict cells,
    const float *restrict z, const float *restrict x, size_t n, size_t width, size_t input, int backward) {
    const size_t offset = backward ? width : 0;
    const size_t skip = input == width ? 0 : offset;
    float carried[1024];
    for (size_t lane = 0; lane < width; lane++) carried[lane] = 0;
    for (size_t step = n; step-- > 0;) {
        const size_t row = backward ? n - 1 - step : step;
        const float *candidate = z + row * 6 * width + 3 * offset;
        const float *forget = candidate + width;
        const float *reset = forget + width;
        const float *cell = cells + row * 2 * width + offset;
        const float *before = step == 0 ? 0 : backward ? cell + 2 * width : cell - 2 * width;
        const float *in = x + row * input + skip;
        const float *out = dy + row * 2 * width + offset;
        float *dcandidate = dz + row * 6 * width + 3 * offset;
        float *dforget = dcandidate + width;
        float *dreset = dforget + width;
        float *din = dx + row * input + skip;
        for (size_t lane = 0; lane < width; lane++) {
            float f = forget[lane], r = reset[lane], d = out[lane];
            float bent = 2 * sigmoid(2 * cell[lane]) - 1;
            float previous = before ? before[lane] : 0;
            dreset[lane] = d * (bent - in[lane]) * r * (1 - r);
            din[lane] += d * (1 - r);
            float dcell = carried[lane] + d * r * (1 - bent * bent);
            dforget[lane] = dcell * (previous - candidate[lane]) * f * (1 - f);
            dcandidate[lane] = dcell * (1 - f);
            carried[lane] = dcell * f;
        }
    }
}

typedef int8_t Small __attribute__((vector_size(16), aligned(1)));

/* Some columns of a sum of rows, held in registers while the rows run. */
INLINE void embed_columns(
    float *restrict out, const int8_t *restrict table, const float *restrict scales, const uint32_t *restrict rows,
    size_t features, size_t width, const int vectors) {
    Lanes sum[4];
#pragma clang loop unroll(full)
    for (int vector = 0; vector < vectors; vector++) sum[vector] = (Lanes){0};
    for (size_t feature = 0; feature < features; feature++) {
        const size_t number = rows[feature];
        const int8_t *values = table + number * width;
#pragma clang loop unroll(full)
        for (int vector = 0; vector < vectors; vector++)
            sum[vector] += __builtin_convertvector(*(const Small *)(values + 16 * vector), Lanes) * scales[number];
    }
#pragma clang loop unroll(full)
    for (int vector = 0; vector < vectors; vector++) *(Lanes *)(out + 16 * vector) = sum[vector];
}

INLINE void embed(
    float *restrict x, const int8_t *restrict table, const float *restrict scales, const uint32_t *restrict rows,
    size_t n, size_t features, size_t width) {
    for (size_t row = 0; row < n; row++) {
        size_t column = 0;
        for (; column + 64 <= width; column += 64)
            embed_columns(x + row * width + column, table + column, scales, rows + row * features, features, width, 4);
        for (; column < width; column += 16)
            embed_columns(x + row * width + column, table + column, scales, rows + row * features, features, width, 1);
    }
}

/* Each of them once for each kind of processor, told apart as the program runs. */
#if defined(__x86_64__)
#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define MIDDLE __attribute__((target("avx2")))
#define DISPATCH(call)                                                                                                 \
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")  \
        && __builtin_cpu_supports("avx512dq"))                                                                         \
        return wide_##call;                                                                                            \
    if (__builtin_cpu_supports("avx2")) return middle_##call;                                                          \
    narrow_##call;
#define EACH(define) define(WIDE, wide, 8, 2) define(MIDDLE, middle, 4, 1) define(, narrow, 2, 1)
#else
#define DISPATCH(call) narrow_##call;
#define EACH(define) define(, narrow, 4, 1)
#endif

#define MULTIPLY(target, name, rows, vectors)                                                                          \
    target static void name##_multiply(                                                                                \
        float *c, const float *a, const float *b, size_t n, size_t k, size_t m, int accumulate) {                      \
        multiply(c, a, b, n, k, m, accumulate, rows, vectors);                                                         \
    }
#define SCAN(target, name, rows, vectors)                                                                              \
    target static void name##_scan(                                                                                    \
        float *y, float *cells, float *z, const float *x, size_t n, size_t width, size_t input, int backward) {        \
        scan(y, cells, z, x, n, width, input, backward);                                                               \
    }
#define SCAN_GRADIENT(target, name, rows, vectors)                                                                     \
    target static void name##_scan_gradient(                                                                           \
        float *dz, float *dx, const float *dy, const float *cells, const float *z, const float *x, size_t n,           \
        size_t width, size_t input, int backward) {                                                                    \
        scan_gradient(dz, dx, dy, cells, z, x, n, width, input, backward);                                             \
    }
#define EMBED(target, name, rows, vectors)                                                                             \
    target static void name##_embed(                                                                                   \
        float *x, const int8_t *table, const float *scales, const uint32_t *numbers, size_t n, size_t features,        \
        size_t width) {                                                                                                \
        embed(x, table, scales, numbers, n, features, width);                                                          \
    }

EACH(MULTIPLY)
EACH(SCAN)
EACH(SCAN_GRADIENT)
EACH(EMBED)

void onrecord_multiply(float *c, const float *a, const float *b, size_t n, size_t k, size_t m, int accumulate) {
    DISPATCH(multiply(c, a, b, n, k, m, accumulate))
}

void onrecord_multiply_from(
    float *c, const float *a, size_t first, const float *b, size_t n, size_t k, size_t m, int accumulate) {
    onrecord_multiply(c, a + first * k, b, n, k, m, accumulate);
}

void onrecord_scan(
    float *y, float *cells, float *z, const float *x, size_t first, size_t n, size_t width, size_t input, int backward) {
    y += first * 2 * width;
    cells += first * 2 * width;
    z += first * 6 * width;
    x += first * input;
    DISPATCH(scan(y, cells, z, x, n, width, input, backward))
}

void onrecord_scan_gradient(
    float *dz, float *dx, const float *dy, const float *cells, const float *z, const float *x, size_t first, size_t n,
    size_t width, size_t input, int backward) {
    dz += first * 6 * width;
    dx += first * input;
    dy += first * 2 * width;
    cells += first * 2 * width;
    z += first * 6 * width;
    x += first * input;
    DISPATCH(scan_gradient(dz, dx, dy, cells, z, x, n, width, input, backward))
}

void onrecord_embed(
    float *x, const int8_t *table, const float *scales, const uint32_t *rows, size_t n, size_t features, size_t width) {
    DISPATCH(embed(x, table, scales, rows, n, features, width))
}

void onrecord_transpose(float *out, const float *in, size_t rows, size_t columns, size_t stride) {
    for (size_t column = 0; column < columns; column++) {
        for (size_t row = 0; row < rows; row++) out[column * stride + row] = in[row * columns + column];
        for (size_t row = rows; row < stride; row++) out[column * stride + row] = 0;
    }
}

void onrecord_fill_rows(float *c, const float *bias, size_t n, size_t m) {
    for (size_t row = 0; row < n; row++) memcpy(c + row * m, bias, m * sizeof(float));
}

void onrecord_rectify(float *values, size_t count) {
    for (size_t at = 0; at < count; at++) values[at] = values[at] > 0 ? values[at] : 0;
}

void onrecord_join(float *c, const float *a, size_t first, const float *b, size_t n, size_t width) {
    a += first * width;
    for (size_t row = 0; row < n; row++) {
        for (size_t lane = 0; lane < width; lane++) {
            const float sum = c[row * width + lane] + a[row * width + lane] + b[lane];
            c[row * width + lane] = sum > 0 ? sum : 0;
        }
    }
}

void onrecord_window(float *out, const float *x, size_t first, size_t n, size_t width) {
    const size_t bytes = width * sizeof(float);
    out += first * 3 * width;
    x += first * width;
    for (size_t row = 0; row < n; row++) {
        float *to = out + row * 3 * width;
        if (row > 0) memcpy(to, x + (row - 1) * width, bytes);
        else memset(to, 0, bytes);
        memcpy(to + width, x + row * width, bytes);
        if (row + 1 < n) memcpy(to + 2 * width, x + (row + 1) * width, bytes);
        else memset(to + 2 * width, 0, bytes);
    }
}

void onrecord_adam(
    float *weights, float *first, float *second, const float *gradient, size_t start, size_t count, float rate,
    float beta1, float beta2, float epsilon, float scale) {
    for (size_t at = start; at < start + count; at++) {
        float g = gradient[at] * scale;
        first[at] = beta1 * first[at] + (1 - beta1) * g;
        second[at] = beta2 * second[at] + (1 - beta2) * g * g;
        weights[at] -= rate * first[at] / (__builtin_sqrtf(second[at]) + epsilon);
    }
}
