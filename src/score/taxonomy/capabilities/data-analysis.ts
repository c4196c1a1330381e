import type { Capability } from '../rules.ts';

export const dataAnalysis: Capability = {
  id: 'data-analysis',
  title: 'Analysing tables and figures',
  signs: [
    {
      en: [
        'data (analyst|analysis|analytics|scientist|science|-driven)',
        'statistic(al|s|ian)',
        'regression',
        'a/b test',
        'dashboard',
        'cohort',
        'hypothesis test',
        'p-?values?\\b',
        'confidence interval',
      ],
      zh: ['数据(分析|科学)', '统计', '回归', '显著性', '假设检验', '置信区间', '报表'],
      ru: ['анализ\\S* данных', 'аналитик', 'статистик|статистич', 'регресси', 'доверительн', 'когорт'],
      ko: ['데이터 ?(분석|과학)', '통계', '회귀', '유의성', '신뢰 ?구간', '코호트'],
      es: ['análisis de datos', 'analista de datos', 'estadístic', 'regresión', 'intervalo de confianza', 'cohorte'],
    },
    {
      en: [
        '\\b(csv|spreadsheet|dataframe|pandas|excel|pivot table|time series|sql query)\\b',
        '\\b(table|dataset|data set|columns?)\\b.{0,60}\\b(trend|average|median|outlier|correlat|revenue|churn|sales|group)',
        '(quarterly|monthly|weekly|sales|revenue|churn) (figures|data|numbers|report|trend)',
        '\\b(figures|numbers) (for|of) (the )?(week|month|quarter|period|year)',
        'forecast',
      ],
      zh: [
        '(表格|电子表格|数据表|时间序列|透视表)',
        '(销售|营收|流失|季度|月度).{0,6}(数据|趋势|报告)',
        '异常值|相关性|中位数',
        '预测',
      ],
      ru: [
        '(таблиц|электронн\\S+ таблиц|временн\\S+ ряд)',
        '(продаж|выручк|отток|квартальн)\\S* ',
        'выброс|корреляц|медиан',
        'прогноз',
      ],
      ko: [
        '(스프레드시트|데이터프레임|엑셀|피벗|시계열)',
        '(매출|판매|이탈|분기) ?(데이터|추이|보고)',
        '이상치|상관|중앙값',
        '예측',
      ],
      es: [
        '(hoja de cálculo|serie temporal|tabla dinámica)',
        '(ventas|ingresos|trimestral|abandono)',
        'valores atípicos|correlaci|mediana',
        'pronóstico',
      ],
    },
  ],
};
