#include "Kernels.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

/* Any processor: four products of bytes for each sum. */
typedef int32_t Wholes __attribute__((vector_size(16)));
typedef uint8_t Bytes __attribute__((vector_size(16)));
typedef int8_t SignedBytes __attribute__((vector_size(16)));

INLINE Wholes dot(Wholes sum, Bytes a, SignedBytes b) {
#define PART(v, at) __builtin_convertvector(__builtin_shufflevector(v, v, at, 4 + at, 8 + at, 12 + at), Wholes)
    return sum + PART(a, 0) * PART(b, 0) + PART(a, 1) * PART(b, 1) + PART(a, 2) * PART(b, 2) + PART(a, 3) * PART(b, 3);
#undef PART
}

#define NAME(name) narrow_##name
#define Vector Wholes
#define LANES 4
#define SPREAD(four) ((Wholes){four, four, four, four})
#define DOT(sum, a, b) dot(sum, (Bytes)(a), (SignedBytes)(b))
#define ROWS 4
#define VECTORS 2
#include "QuantizedBody.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))), apply_to = function)
#define NAME(name) vnni_##name
#define Vector __m512i
#define LANES 16
#define SPREAD(four) _mm512_set1_epi32(four)
#define DOT(sum, a, b) _mm512_dpbusd_epi32(sum, a, b)
#define ROWS 6
#define VECTORS 4
#include "QuantizedBody.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))), apply_to = function)
#define NAME(name) wide_##name
#define Vector __m512i
#define LANES 16
#define SPREAD(four) _mm512_set1_epi32(four)
#define DOT(sum, a, b) _mm512_add_epi32(sum, _mm512_madd_epi16(_mm512_maddubs_epi16(a, b), _mm512_set1_epi16(1)))
#define ROWS 8
#define VECTORS 2
#include "QuantizedBody.h"
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define NAME(name) middle_##name
#define Vector __m256i
#define LANES 8
#define SPREAD(four) _mm256_set1_epi32(four)
#define DOT(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), _mm256_set1_epi16(1)))
#define ROWS 4
#define VECTORS 2
#include "QuantizedBody.h"
#pragma clang attribute pop

#define DISPATCH(call)                                                                                                 \
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")  \
        && __builtin_cpu_supports("avx512dq")) {                                                                       \
        if (__builtin_cpu_supports("avx512vnni")) return vnni_##call;                                                  \
        return wide_##call;                                                                                            \
    }                                                                                                                  \
    if (__builtin_cpu_supports("avx2")) return middle_##call;                                                          \
    narrow_##call;

#else
#define DISPATCH(call) narrow_##call;
#endif

void onrecord_multiply_quantized(
    float *c, const float *start, size_t step, const uint8_t *a, const float *a_scales, const int8_t *b,
    const int32_t *b_sums, const float *b_scales, size_t n, size_t k, size_t m) {
    DISPATCH(multiply_quantized(c, start, step, a, a_scales, b, b_sums, b_scales, n, k, m))
}

void onrecord_quantize(uint8_t *out, float *scales, const float *in, size_t n, size_t k) {
    DISPATCH(quantize(out, scales, in, n, k))
}
