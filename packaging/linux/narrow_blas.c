/* numpy's OpenBLAS, made of scipy's.
 *
 * numpy calls OpenBLAS with integers of 64 bits, under names that end in "64_"; scipy with 32. Each
 * brings a copy of 25 MB. This library has the names that numpy calls, and hands the calls on to
 * scipy's copy. No array that fits into this program's memory has a side of 2^31 or more; should a
 * number be larger, the program ends with a message instead of a wrong result.
 *
 * Compiled by packaging/devtool/installers/one_blas.py, which makes sure that no name is missing.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef int64_t wide;
typedef int32_t narrow;
typedef float s;
typedef double d;
typedef struct { float re, im; } c;
typedef struct { double re, im; } z;

static narrow cut(wide value)
{
    if (value != (narrow)value) {
        fprintf(stderr, "narrow_blas: %lld is too large for linear algebra here\n", (long long)value);
        abort();
    }
    return (narrow)value;
}

/* Pivots are written as 32 bits into the room for 64; from the last on they find their places. */
static void widen(wide *values, wide count)
{
    narrow *found = (narrow *)values;
    for (wide at = count - 1; at >= 0; at--)
        values[at] = found[at];
}

static wide least(wide a, wide b) { return a < b ? a : b; }

/* C's names: numbers by value, complex factors by address. */

#define VECTORS(t, factor)                                                                          \
    void scipy_cblas_##t##axpy(narrow, factor, const t *, narrow, t *, narrow);                     \
    void scipy_cblas_##t##axpy64_(wide n, factor a, const t *x, wide ix, t *y, wide iy)             \
    {                                                                                               \
        scipy_cblas_##t##axpy(cut(n), a, x, cut(ix), y, cut(iy));                                   \
    }                                                                                               \
    void scipy_cblas_##t##gemm(int, int, int, narrow, narrow, narrow, factor, const t *, narrow,    \
                               const t *, narrow, factor, t *, narrow);                             \
    void scipy_cblas_##t##gemm64_(int order, int ta, int tb, wide m, wide n, wide k, factor alpha,  \
                                  const t *a, wide la, const t *b, wide lb, factor beta, t *r,      \
                                  wide lr)                                                          \
    {                                                                                               \
        scipy_cblas_##t##gemm(order, ta, tb, cut(m), cut(n), cut(k), alpha, a, cut(la), b, cut(lb), \
                              beta, r, cut(lr));                                                    \
    }                                                                                               \
    void scipy_cblas_##t##gemv(int, int, narrow, narrow, factor, const t *, narrow, const t *,      \
                               narrow, factor, t *, narrow);                                        \
    void scipy_cblas_##t##gemv64_(int order, int ta, wide m, wide n, factor alpha, const t *a,      \
                                  wide la, const t *x, wide ix, factor beta, t *y, wide iy)         \
    {                                                                                               \
        scipy_cblas_##t##gemv(order, ta, cut(m), cut(n), alpha, a, cut(la), x, cut(ix), beta, y,    \
                              cut(iy));                                                             \
    }                                                                                               \
    void scipy_cblas_##t##syrk(int, int, int, narrow, narrow, factor, const t *, narrow, factor,    \
                               t *, narrow);                                                        \
    void scipy_cblas_##t##syrk64_(int order, int part, int ta, wide n, wide k, factor alpha,        \
                                  const t *a, wide la, factor beta, t *r, wide lr)                  \
    {                                                                                               \
        scipy_cblas_##t##syrk(order, part, ta, cut(n), cut(k), alpha, a, cut(la), beta, r,          \
                              cut(lr));                                                             \
    }

VECTORS(s, s)
VECTORS(d, d)
VECTORS(c, const void *)
VECTORS(z, const void *)

#define DOT(t)                                                                                      \
    t scipy_cblas_##t##dot(narrow, const t *, narrow, const t *, narrow);                           \
    t scipy_cblas_##t##dot64_(wide n, const t *x, wide ix, const t *y, wide iy)                     \
    {                                                                                               \
        return scipy_cblas_##t##dot(cut(n), x, cut(ix), y, cut(iy));                                \
    }

DOT(s)
DOT(d)

#define COMPLEX_DOT(name)                                                                           \
    void scipy_cblas_##name##_sub(narrow, const void *, narrow, const void *, narrow, void *);      \
    void scipy_cblas_##name##_sub64_(wide n, const void *x, wide ix, const void *y, wide iy,        \
                                     void *r)                                                       \
    {                                                                                               \
        scipy_cblas_##name##_sub(cut(n), x, cut(ix), y, cut(iy), r);                                \
    }

COMPLEX_DOT(cdotc)
COMPLEX_DOT(cdotu)
COMPLEX_DOT(zdotc)
COMPLEX_DOT(zdotu)

/* Fortran's names: all by address; `work` of a length of -1 asks how long it ought to be, and the
 * answer for integers stands in their first element. */

#define INTO(value) narrow value##_ = cut(*value)
#define OUT(value) *value = value##_

/* Copying is done here. numpy divides steps in bytes by the size of a number without regard to their
 * sign: a step backwards becomes a huge one forwards, which times that size is right again. */

#define SOLVING(t)                                                                                  \
    void scipy_##t##copy_64_(const wide *n, const t *x, const wide *ix, t *y, const wide *iy)       \
    {                                                                                               \
        uint64_t from = (uint64_t)x, to = (uint64_t)y;                                              \
        from += *ix < 0 ? (uint64_t)((1 - *n) * *ix) * sizeof(t) : 0;                               \
        to += *iy < 0 ? (uint64_t)((1 - *n) * *iy) * sizeof(t) : 0;                                 \
        for (wide at = 0; at < *n; at++) {                                                          \
            *(t *)to = *(const t *)from;                                                            \
            from += (uint64_t)*ix * sizeof(t);                                                      \
            to += (uint64_t)*iy * sizeof(t);                                                        \
        }                                                                                           \
    }                                                                                               \
    void scipy_##t##gesv_(narrow *, narrow *, t *, narrow *, narrow *, t *, narrow *, narrow *);    \
    void scipy_##t##gesv_64_(wide *n, wide *rhs, t *a, wide *la, wide *pivots, t *b, wide *lb,      \
                             wide *info)                                                            \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(rhs); INTO(la); INTO(lb);                                                     \
        scipy_##t##gesv_(&n_, &rhs_, a, &la_, (narrow *)pivots, b, &lb_, &info_);                   \
        widen(pivots, *n);                                                                          \
        OUT(info);                                                                                  \
    }                                                                                               \
    void scipy_##t##getrf_(narrow *, narrow *, t *, narrow *, narrow *, narrow *);                  \
    void scipy_##t##getrf_64_(wide *m, wide *n, t *a, wide *la, wide *pivots, wide *info)           \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(m); INTO(n); INTO(la);                                                                 \
        scipy_##t##getrf_(&m_, &n_, a, &la_, (narrow *)pivots, &info_);                             \
        widen(pivots, least(*m, *n));                                                               \
        OUT(info);                                                                                  \
    }                                                                                               \
    void scipy_##t##potrf_(const char *, narrow *, t *, narrow *, narrow *, size_t);                \
    void scipy_##t##potrf_64_(const char *part, wide *n, t *a, wide *la, wide *info)                \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(la);                                                                          \
        scipy_##t##potrf_(part, &n_, a, &la_, &info_, 1);                                           \
        OUT(info);                                                                                  \
    }

SOLVING(s)
SOLVING(d)
SOLVING(c)
SOLVING(z)

/* Complex ones have one more room to work in: REAL is its parameter, or nothing. */

#define LEAST_SQUARES(t, real, PARAMETER, TYPE, ARGUMENT)                                           \
    void scipy_##t##gelsd_(narrow *, narrow *, narrow *, t *, narrow *, t *, narrow *, real *,      \
                           const real *, narrow *, t *, narrow * TYPE, narrow *, narrow *);         \
    void scipy_##t##gelsd_64_(wide *m, wide *n, wide *rhs, t *a, wide *la, t *b, wide *lb,          \
                              real *values, const real *bound, wide *rank, t *work,                 \
                              wide *room PARAMETER, wide *integers, wide *info)                     \
    {                                                                                               \
        narrow info_ = 0, rank_ = 0;                                                                \
        INTO(m); INTO(n); INTO(rhs); INTO(la); INTO(lb); INTO(room);                                \
        scipy_##t##gelsd_(&m_, &n_, &rhs_, a, &la_, b, &lb_, values, bound, &rank_, work,           \
                          &room_ ARGUMENT, (narrow *)integers, &info_);                             \
        widen(integers, room_ == -1);                                                               \
        OUT(rank);                                                                                  \
        OUT(info);                                                                                  \
    }                                                                                               \
    void scipy_##t##gesdd_(const char *, narrow *, narrow *, t *, narrow *, real *, t *, narrow *,  \
                           t *, narrow *, t *, narrow * TYPE, narrow *, narrow *, size_t);          \
    void scipy_##t##gesdd_64_(const char *job, wide *m, wide *n, t *a, wide *la, real *values,      \
                              t *u, wide *lu, t *v, wide *lv, t *work, wide *room PARAMETER,        \
                              wide *integers, wide *info)                                           \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(m); INTO(n); INTO(la); INTO(lu); INTO(lv); INTO(room);                                 \
        scipy_##t##gesdd_(job, &m_, &n_, a, &la_, values, u, &lu_, v, &lv_, work,                   \
                          &room_ ARGUMENT, (narrow *)integers, &info_, 1);                          \
        OUT(info);                                                                                  \
    }

#define NOTHING
#define S_PARAMETER , s *reals
#define D_PARAMETER , d *reals
#define S_TYPE , s *
#define D_TYPE , d *
#define ARGUMENT , reals

LEAST_SQUARES(s, s, NOTHING, NOTHING, NOTHING)
LEAST_SQUARES(d, d, NOTHING, NOTHING, NOTHING)
LEAST_SQUARES(c, s, S_PARAMETER, S_TYPE, ARGUMENT)
LEAST_SQUARES(z, d, D_PARAMETER, D_TYPE, ARGUMENT)

#define SYMMETRIC(t)                                                                                \
    void scipy_##t##syevd_(const char *, const char *, narrow *, t *, narrow *, t *, t *, narrow *, \
                           narrow *, narrow *, narrow *, size_t, size_t);                           \
    void scipy_##t##syevd_64_(const char *job, const char *part, wide *n, t *a, wide *la, t *values,\
                              t *work, wide *room, wide *integers, wide *count, wide *info)         \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(la); INTO(room); INTO(count);                                                 \
        scipy_##t##syevd_(job, part, &n_, a, &la_, values, work, &room_, (narrow *)integers,        \
                          &count_, &info_, 1, 1);                                                   \
        widen(integers, room_ == -1 || count_ == -1);                                               \
        OUT(info);                                                                                  \
    }

SYMMETRIC(s)
SYMMETRIC(d)

#define HERMITIAN(t, real)                                                                          \
    void scipy_##t##heevd_(const char *, const char *, narrow *, t *, narrow *, real *, t *,        \
                           narrow *, real *, narrow *, narrow *, narrow *, narrow *, size_t,        \
                           size_t);                                                                 \
    void scipy_##t##heevd_64_(const char *job, const char *part, wide *n, t *a, wide *la,           \
                              real *values, t *work, wide *room, real *reals, wide *real_room,      \
                              wide *integers, wide *count, wide *info)                              \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(la); INTO(room); INTO(real_room); INTO(count);                                \
        scipy_##t##heevd_(job, part, &n_, a, &la_, values, work, &room_, reals, &real_room_,        \
                          (narrow *)integers, &count_, &info_, 1, 1);                               \
        widen(integers, room_ == -1 || count_ == -1);                                               \
        OUT(info);                                                                                  \
    }

HERMITIAN(c, s)
HERMITIAN(z, d)

#define GENERAL(t)                                                                                  \
    void scipy_##t##geev_(const char *, const char *, narrow *, t *, narrow *, t *, t *, t *,       \
                          narrow *, t *, narrow *, t *, narrow *, narrow *, size_t, size_t);        \
    void scipy_##t##geev_64_(const char *left, const char *right, wide *n, t *a, wide *la, t *re,   \
                             t *im, t *vl, wide *ll, t *vr, wide *lr, t *work, wide *room,          \
                             wide *info)                                                            \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(la); INTO(ll); INTO(lr); INTO(room);                                          \
        scipy_##t##geev_(left, right, &n_, a, &la_, re, im, vl, &ll_, vr, &lr_, work, &room_,       \
                         &info_, 1, 1);                                                             \
        OUT(info);                                                                                  \
    }

GENERAL(s)
GENERAL(d)

#define COMPLEX_GENERAL(t, real)                                                                    \
    void scipy_##t##geev_(const char *, const char *, narrow *, t *, narrow *, t *, t *, narrow *,  \
                          t *, narrow *, t *, narrow *, real *, narrow *, size_t, size_t);          \
    void scipy_##t##geev_64_(const char *left, const char *right, wide *n, t *a, wide *la,          \
                             t *values, t *vl, wide *ll, t *vr, wide *lr, t *work, wide *room,      \
                             real *reals, wide *info)                                               \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(n); INTO(la); INTO(ll); INTO(lr); INTO(room);                                          \
        scipy_##t##geev_(left, right, &n_, a, &la_, values, vl, &ll_, vr, &lr_, work, &room_,       \
                         reals, &info_, 1, 1);                                                      \
        OUT(info);                                                                                  \
    }

COMPLEX_GENERAL(c, s)
COMPLEX_GENERAL(z, d)

#define ORTHOGONAL(t, group)                                                                        \
    void scipy_##t##geqrf_(narrow *, narrow *, t *, narrow *, t *, t *, narrow *, narrow *);        \
    void scipy_##t##geqrf_64_(wide *m, wide *n, t *a, wide *la, t *tau, t *work, wide *room,        \
                              wide *info)                                                           \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(m); INTO(n); INTO(la); INTO(room);                                                     \
        scipy_##t##geqrf_(&m_, &n_, a, &la_, tau, work, &room_, &info_);                            \
        OUT(info);                                                                                  \
    }                                                                                               \
    void scipy_##t##group##gqr_(narrow *, narrow *, narrow *, t *, narrow *, t *, t *, narrow *,    \
                                narrow *);                                                          \
    void scipy_##t##group##gqr_64_(wide *m, wide *n, wide *k, t *a, wide *la, t *tau, t *work,      \
                                   wide *room, wide *info)                                          \
    {                                                                                               \
        narrow info_ = 0;                                                                           \
        INTO(m); INTO(n); INTO(k); INTO(la); INTO(room);                                            \
        scipy_##t##group##gqr_(&m_, &n_, &k_, a, &la_, tau, work, &room_, &info_);                  \
        OUT(info);                                                                                  \
    }

ORTHOGONAL(d, or)
ORTHOGONAL(z, un)
