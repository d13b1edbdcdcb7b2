import { expect } from "chai";
import fc from "fast-check";
import { InputError } from "../../../../components/errors";
import { checkCron } from "../../../../components/inputs/cron/checkCron";

const SIX = "six fields, minutes hours day-of-month month day-of-week year";
const EXAMPLE = 'for example "30 5 * * ? *" for every day at 05:30 UTC';
const UNIX = `AWS takes ${SIX}, with days of the week counted 1-7 from Sunday and "?" in one of the two day fields, not the five of a Unix cron, write`;
const ONE_DAY_FIELD = 'one of the day-of-month and day-of-week fields must be "?", write';
const NEVER = "it must name a date that comes, and no month and year in it has such a day, write";
const MINUTES = "the minutes field takes one of 0-59";
const HOURS = "the hours field takes 0-23 (with , - * /)";
const DAY_OF_MONTH = "the day-of-month field takes 1-31 (with , - * ? / L W)";
const MONTH = "the month field takes 1-12 or JAN-DEC (with , - * /)";
const DAY_OF_WEEK = "the day-of-week field takes 1-7 or SUN-SAT (with , - * ? L #)";
const YEAR = "the year field takes 1970-2199 (with , - * /)";

const ACCEPTED: [string, string][] = [
  ["30 5 * * ? *", "cron(30 5 * * ? *)"],
  ["  30\t5  * * ?\n* ", "cron(30 5 * * ? *)"],
  ["cron(30 5 * * ? *)", "cron(30 5 * * ? *)"],
  [" Cron ( 30  5 * * ? * ) ", "cron(30 5 * * ? *)"],
  ["0 3 ? * * *", "cron(0 3 ? * * *)"],
  ["05 03 01 01 ? *", "cron(05 03 01 01 ? *)"],
  ["0 18 ? * mon-fri *", "cron(0 18 ? * MON-FRI *)"],
  ["0 18 ? jan,Jul-sep Mon *", "cron(0 18 ? JAN,JUL-SEP MON *)"],
  ["0 * * * ? *", "cron(0 * * * ? *)"],
  ["0 0,10-12,5/6,23 * * ? *", "cron(0 0,10-12,5/6,23 * * ? *)"],
  ["59 */23 */31 */12 ? */229", "cron(59 */23 */31 */12 ? */229)"],
  ["0 5 1 JAN/3 ? 2030/2", "cron(0 5 1 JAN/3 ? 2030/2)"],
  ["0 20-2 ? * MON-FRI *", "cron(0 20-2 ? * MON-FRI *)"],
  ["0 3 l * ? *", "cron(0 3 L * ? *)"],
  ["0 3 1w * ? *", "cron(0 3 1W * ? *)"],
  ["0 3 31W 1,2 ? *", "cron(0 3 31W 1,2 ? *)"],
  ["0 3 ? * l *", "cron(0 3 ? * L *)"],
  ["0 3 ? * 6l *", "cron(0 3 ? * 6L *)"],
  ["0 3 ? * fril *", "cron(0 3 ? * FRIL *)"],
  ["0 3 ? * 3#2 *", "cron(0 3 ? * 3#2 *)"],
  ["0 3 ? * tue#5 *", "cron(0 3 ? * TUE#5 *)"],
  ["0 3 29 2 ? *", "cron(0 3 29 2 ? *)"],
  ["0 3 29 2 ? 2027-2028", "cron(0 3 29 2 ? 2027-2028)"],
  ["0 3 29,1 2 ? 2027", "cron(0 3 29,1 2 ? 2027)"],
  ["0 3 31 4,5 ? *", "cron(0 3 31 4,5 ? *)"],
  ["0 3 ? 2 1#5 2032", "cron(0 3 ? 2 1#5 2032)"],
  // A year that is past is no fault of the expression: the preview has no clock.
  ["0 3 1 1 ? 1970", "cron(0 3 1 1 ? 1970)"],
];

/** By kind: the value, and what stands behind `cron is "<value>": `. */
const REFUSED: Record<string, [string, string][]> = {
  "fewer or more fields": [
    ["", `it must hold ${SIX}, ${EXAMPLE}`],
    [" \n ", `it must hold ${SIX}, ${EXAMPLE}`],
    ["cron()", `it must hold ${SIX}, ${EXAMPLE}`],
    ["@daily", `AWS takes ${SIX}, not 1, write ${EXAMPLE}`],
    ["30 5 * ?", `AWS takes ${SIX}, not 4, write ${EXAMPLE}`],
    ["0 0 30 5 * * ? *", `AWS takes ${SIX}, not 8, write ${EXAMPLE}`],
  ],
  "rate and at": [
    ["rate(1 day)", `rate(…) is not taken, write a cron expression of ${SIX}, ${EXAMPLE}`],
    [" Rate (12 hours)", `rate(…) is not taken, write a cron expression of ${SIX}, ${EXAMPLE}`],
    ["at(2026-01-01T00:00:00)", `at(…) is not taken, write a cron expression of ${SIX}, ${EXAMPLE}`],
  ],
  "Unix cron": [
    ["30 5 * * *", `${UNIX} "30 5 * * ? *"`],
    ["cron(30 5 * * *)", `${UNIX} "30 5 * * ? *"`],
    ["0 3 1,15 * *", `${UNIX} "0 3 1,15 * ? *"`],
    ["20 3 */2 jan *", `${UNIX} "20 3 */2 JAN ? *"`],
    ["0 10-20/5 * * *", `${UNIX} "0 10,15,20 * * ? *"`],
    ["0 3 * * 0", `${UNIX} "0 3 ? * 1 *"`],
    ["0 3 * * 1", `${UNIX} "0 3 ? * 2 *"`],
    ["0 3 * * 7", `${UNIX} "0 3 ? * 1 *"`],
    ["0 3 * * 0,7", `${UNIX} "0 3 ? * 1 *"`],
    ["0 3 * * 1-5", `${UNIX} "0 3 ? * 2-6 *"`],
    ["0 3 * * 5-7", `${UNIX} "0 3 ? * 6-7,1 *"`],
    ["0 3 * * 6-7", `${UNIX} "0 3 ? * 7,1 *"`],
    ["0 3 * * 0-7", `${UNIX} "0 3 ? * 1-7 *"`],
    ["0 3 * * mon-fri", `${UNIX} "0 3 ? * MON-FRI *"`],
    ["0 3 * * */2", `${UNIX} "0 3 ? * 1,3,5,7 *"`],
    ["0 3 * * 1-5/2", `${UNIX} "0 3 ? * 2,4,6 *"`],
    ["0 3 * * ?", `${UNIX} "0 3 * * ? *"`],
    ["0 3 ? * 2", `${UNIX} "0 3 ? * 2 *"`],
    // Either day in Unix, which no one expression of AWS says; and what is wrong in any form.
    ["0 3 1 * 1", `${UNIX} ${EXAMPLE}`],
    ["0 3 */2 * 1", `${UNIX} ${EXAMPLE}`],
    ["0 3 * * 8", `${UNIX} ${EXAMPLE}`],
    ["0 3 * * 7-2", `${UNIX} ${EXAMPLE}`],
    ["0 3 * * 5-2", `${UNIX} ${EXAMPLE}`],
    ["0 3 * * 1,*", `${UNIX} ${EXAMPLE}`],
    ["0 3 * * 2/2", `${UNIX} ${EXAMPLE}`],
    ["0 3 31 2 *", `${UNIX} ${EXAMPLE}`],
    ["99 3 * * *", `${UNIX} ${EXAMPLE}`],
    ["*/20 3 * * *", `${UNIX} ${EXAMPLE}`],
  ],
  "seconds in front": [
    ["0 30 5 * * ? *", `AWS takes ${SIX}, not seven with seconds in front, write "30 5 * * ? *"`],
    ["0 30 5 ? * 2-6 2030", `AWS takes ${SIX}, not seven with seconds in front, write "30 5 ? * 2-6 2030"`],
    ["0 30 25 * * ? *", `AWS takes ${SIX}, not seven with seconds in front, write ${EXAMPLE}`],
  ],
  "day fields": [
    ["30 5 * * * *", `${ONE_DAY_FIELD} "30 5 * * ? *"`],
    ["30 5 15 * * *", `${ONE_DAY_FIELD} "30 5 15 * ? *"`],
    ["30 5 * * MON *", `${ONE_DAY_FIELD} "30 5 ? * MON *"`],
    [
      "30 5 15 * MON *",
      `${ONE_DAY_FIELD} "30 5 15 * ? *" for the days of the month or "30 5 ? * MON *" for the days of the week`,
    ],
    [
      "30 5 ? * ? *",
      'one of the day-of-month and day-of-week fields must name days, "?" in both names none, write "30 5 * * ? *"',
    ],
  ],
  "question mark elsewhere": [
    [
      "? 5 * * ? *",
      '"?" is for the day-of-month or the day-of-week field, not for the minutes field, write "0 5 * * ? *"',
    ],
    [
      "0 ? * * ? *",
      `"?" is for the day-of-month or the day-of-week field, not for the hours field, write ${EXAMPLE}`,
    ],
    [
      "0 5 ? ? 2 *",
      '"?" is for the day-of-month or the day-of-week field, not for the month field, write "0 5 ? * 2 *"',
    ],
    [
      "30 5 * * ? ?",
      '"?" is for the day-of-month or the day-of-week field, not for the year field, write "30 5 * * ? *"',
    ],
    // Quartz with seconds and without a year.
    [
      "0 30 5 * * ?",
      '"?" is for the day-of-month or the day-of-week field, not for the year field, write "30 5 * * ? *"',
    ],
    [
      "0 30 5 ? * MON",
      '"?" is for the day-of-month or the day-of-week field, not for the month field, write "30 5 ? * MON *"',
    ],
    [
      "? ? ? ? ? ?",
      `"?" is for the day-of-month or the day-of-week field, not for the minutes field, write ${EXAMPLE}`,
    ],
    ["0 5 ?,3 * ? *", '"?" stands alone in the day-of-month field, not in "?,3", write "?" or the values'],
    ["0 5 ? * MON,? *", '"?" stands alone in the day-of-week field, not in "MON,?", write "?" or the values'],
  ],
  "question mark elsewhere, for one meaning or for none": [
    ...(
      [
        // What people write who put the "?" in the wrong place.
        ["0 8 * ? 2-6 *", "month", "0 8 ? * 2-6 *"],
        ["0 8 * ? MON-FRI *", "month", "0 8 ? * MON-FRI *"],
        ["0 8 * ? * *", "month", "0 8 * * ? *"],
        ["0 8 1 ? * *", "month", undefined],
        ["0 8 * * 2-6 ?", "year", "0 8 ? * 2-6 *"],
        ["0 8 * * 2 ?", "year", "0 8 ? * 2 *"],
        ["0 8 ? ? MON *", "month", "0 8 ? * MON *"],
        // Quartz, with its seconds in front; also where another reading would be right too.
        ["0 0 12 * * ?", "year", "0 12 * * ? *"],
        ["0 15 10 L * ?", "year", "15 10 L * ? *"],
        ["0 0 18 ? * MON-FRI", "month", "0 18 ? * MON-FRI *"],
        // Noon of every day in Quartz, midnight of the 12th in AWS's order: nobody knows.
        ["0 0 12 ? * *", "month", undefined],
        ["0 ? ? * * *", "hours", undefined],
      ] as const
    ).map(([cron, label, meant]): [string, string] => [
      cron,
      `"?" is for the day-of-month or the day-of-week field, not for the ${label} field, write ${meant === undefined ? EXAMPLE : `"${meant}"`}`,
    ]),
  ],
  "more than one firing in an hour": [
    ...(
      [
        ["* * * * ? *", 1, undefined],
        ["* 5 * * ? *", 1, "0 5 * * ? *"],
        ["0/15 * * * ? *", 15, undefined],
        ["*/15 2-4 * * ? *", 15, "0 2-4 * * ? *"],
        ["5,50 * * * ? *", 15, undefined],
        ["50,5 3 ? * MON-FRI *", 45, "5 3 ? * MON-FRI *"],
        ["0/59 3 * * ? *", 59, "0 3 * * ? *"],
        ["0/59 3,4 * * ? *", 1, "0 3,4 * * ? *"],
        ["0,10-12,30/5 3 * * ? *", 1, "0 3 * * ? *"],
        ["0/30 3 31 2 ? *", 30, undefined],
      ] as const
    ).map(([cron, gap, meant]): [string, string] => [
      cron,
      `it fires again after ${gap} ${gap === 1 ? "minute" : "minutes"}, and a run needs the time to make an image and roll it out, from some minutes to hours, so that one minute of an hour is allowed, write ${meant === undefined ? EXAMPLE : `"${meant}"`}`,
    ]),
    ...["10-30/5", "0-59/7", "/5", "*/0", "*/60", "5/", "50-10", "0/5,", ",", "*,5", "1-2-3"].map(
      (minutes): [string, string] => [
        `${minutes} 5 * * ? *`,
        `${MINUTES}, not ${JSON.stringify(minutes)}, write for example "0" or "30"`,
      ],
    ),
  ],
  "L and W": [
    [
      "0 5 LW * ? *",
      'AWS documents "L" for the last day of the month and "15W" for a weekday, not "LW", write "L" for the last day',
    ],
    [
      "0 5 L-3 * ? *",
      'AWS documents no days counted from the end of the month such as "L-3", write "L" for the last day or a day such as "28"',
    ],
    ["0 5 15,L * ? *", '"L" cannot be part of a list, write it alone in the field, or the list without it'],
    [
      "0 5 15W,20 * ? *",
      '"15W" cannot be part of a list, write it alone in the field, or the list without it',
    ],
    ["0 5 W * ? *", '"W" follows one day, 1-31, write for example "15W" for the weekday nearest to the 15th'],
    [
      "0 5 1-5W * ? *",
      '"W" follows one day, 1-31, write for example "15W" for the weekday nearest to the 15th',
    ],
    ["0 5 32W * ? *", `${DAY_OF_MONTH}, not "32", write for example "1,15" or "L"`],
    ["0 5 6L * ? *", `${DAY_OF_MONTH}, not "6L", write for example "1,15" or "L"`],
    [
      "0 L * * ? *",
      `"L" is for the day-of-month and day-of-week fields only, ${HOURS}, not "L", write for example "5,17" or "0/6"`,
    ],
    [
      "0 5 ? * 15W *",
      `"W" is for the day-of-month field only, ${DAY_OF_WEEK}, not "15W", write for example "MON-FRI" or "3#2"`,
    ],
    ["0 5 ? * 2,6L *", '"6L" cannot be part of a list, write it alone in the field, or the list without it'],
    ["0 5 ? * L,2 *", '"L" cannot be part of a list, write it alone in the field, or the list without it'],
    ["0 5 ? * 8L *", `${DAY_OF_WEEK}, not "8", write for example "MON-FRI" or "3#2"`],
  ],
  "number sign": [
    [
      "0 5 ? * 3#1,6#3 *",
      '"3#1" cannot be part of a list, write it alone in the field, or the list without it',
    ],
    ...["3#6", "3#0", "3#", "#2", "3#2#1", "3##2"].map((field): [string, string] => [
      `0 5 ? * ${field} *`,
      '"#" stands between a day of the week and its number in the month, 1-5, write for example "3#2" or "TUE#2" for the second Tuesday',
    ]),
    [
      "0 5 3#2 * ? *",
      `"#" is for the day-of-week field only, ${DAY_OF_MONTH}, not "3#2", write for example "1,15" or "L"`,
    ],
    ["0 5 ? * 9#2 *", `${DAY_OF_WEEK}, not "9", write for example "MON-FRI" or "3#2"`],
  ],
  "weekday 0": [
    ["0", '"1"'],
    ["0-4", '"1-5"'],
    ["2,0", '"3,1"'],
    ["0L", '"1L"'],
    ["0#2", '"1#2"'],
    ["0-6/2", '"1,3,5,7"'],
    ["00", '"1"'],
    ["0-8", undefined],
    ["0/2", undefined],
  ].map(([field, days]): [string, string] => [
    `0 5 ? * ${field} *`,
    `AWS counts the days of the week 1-7 from Sunday and has no 0, where Unix counts them from 0, write ${days === undefined ? 'for example "MON-FRI" or "3#2"' : `${days} in the day-of-week field`}`,
  ]),
  steps: [
    [
      "0 10-20/5 * * ? *",
      'AWS documents a step after one value, not after a range as in "10-20/5", write "10/5" in the hours field',
    ],
    [
      "0 3,10-20/5,5-9/1 * * ? *",
      'AWS documents a step after one value, not after a range as in "10-20/5", write "3,10/5,5-9" in the hours field',
    ],
    [
      "0 0-23/7 * * ? *",
      'AWS documents a step after one value, not after a range as in "0-23/7", write "0/7" in the hours field',
    ],
    [
      "0 0-15/1 * * ? *",
      'AWS documents a step after one value, not after a range as in "0-15/1", write "0-15" in the hours field',
    ],
    [
      "0 20-2/2 * * ? *",
      'AWS documents a step after one value, not after a range as in "20-2/2", write "20,22,0,2" in the hours field',
    ],
    [
      "0 5 1 JAN-JUN/2 ? *",
      'AWS documents a step after one value, not after a range as in "JAN-JUN/2", write "1,3,5" in the month field',
    ],
    [
      "0 /24 * * ? *",
      'a step of the hours field is 1-23, not 24, write "0" where only the first value is meant',
    ],
    ["0 x/60 * * ? *", `${HOURS}, not "X", write for example "5,17" or "0/6"`],
    ["0 /5 * * ? *", 'a step follows its first value or "*", write "*/5" in the hours field'],
    ["0 */0 * * ? *", 'a step of the hours field is 1-23, not 0, write for example "5,17" or "0/6"'],
    [
      "0 */24 * * ? *",
      'a step of the hours field is 1-23, not 24, write "0" where only the first value is meant',
    ],
    [
      "0 10-20/60 * * ? *",
      'a step of the hours field is 1-23, not 60, write "10" where only the first value is meant',
    ],
    [
      "0 5/24 * * ? *",
      'a step of the hours field is 1-23, not 24, write "5" where only the first value is meant',
    ],
    [
      "0 5 */32 * ? *",
      'a step of the day-of-month field is 1-31, not 32, write "1" where only the first value is meant',
    ],
    [
      "0 5 1 */13 ? *",
      'a step of the month field is 1-12, not 13, write "1" where only the first value is meant',
    ],
    [
      "0 5 1 1 ? 2030/230",
      'a step of the year field is 1-229, not 230, write "2030" where only the first value is meant',
    ],
    ["0 5/ * * ? *", `${HOURS}, not "5/", write for example "5,17" or "0/6"`],
    ["0 1/2/3 * * ? *", `${HOURS}, not "1/2/3", write for example "5,17" or "0/6"`],
    ["0 5 ? * */2 *", `${DAY_OF_WEEK} and no steps, not "*/2", write the days as a list "1,3,5,7"`],
    ["0 5 ? * MON-FRI/2 *", `${DAY_OF_WEEK} and no steps, not "MON-FRI/2", write the days as a list "2,4,6"`],
    ["0 5 ? * 2/x *", `${DAY_OF_WEEK} and no steps, not "2/X", write the days as a list such as "2,4,6"`],
  ],
  "ranges over the end": [
    [
      "0 5 ? * FRI-MON *",
      'a range of the day-of-week field goes from the lower to the higher value, not "FRI-MON", which are two ranges, write "FRI-SAT,SUN-MON" in the day-of-week field',
    ],
    [
      "0 5 ? * 7-2 *",
      'a range of the day-of-week field goes from the lower to the higher value, not "7-2", which are two ranges, write "7,1-2" in the day-of-week field',
    ],
    [
      "0 5 1 NOV-FEB ? *",
      'a range of the month field goes from the lower to the higher value, not "NOV-FEB", which are two ranges, write "NOV-DEC,JAN-FEB" in the month field',
    ],
    [
      "0 5 25-1 * ? *",
      'a range of the day-of-month field goes from the lower to the higher value, not "25-1", which are two ranges, write "25-31,1" in the day-of-month field',
    ],
    [
      "0 5 1 1 ? 2030-2026",
      'a range of the year field goes from the lower to the higher value, not "2030-2026", write "2026-2030" in the year field',
    ],
  ],
  "values out of range": [
    ["60 5 * * ? *", `${MINUTES}, not "60", write for example "0" or "30"`],
    ["0 24 * * ? *", `${HOURS}, not "24", write for example "5,17" or "0/6"`],
    ["0 5 0 * ? *", `${DAY_OF_MONTH}, not "0", write for example "1,15" or "L"`],
    ["0 5 1-32 * ? *", `${DAY_OF_MONTH}, not "32", write for example "1,15" or "L"`],
    ["0 5 1 13 ? *", `${MONTH}, not "13", write for example "JAN,JUL" or "1/3"`],
    ["0 5 1 0/2 ? *", `${MONTH}, not "0", write for example "JAN,JUL" or "1/3"`],
    ["0 5 ? * 8 *", `${DAY_OF_WEEK}, not "8", write for example "MON-FRI" or "3#2"`],
    ["0 5 1 1 ? 1969", `${YEAR}, not "1969", write for example "*" or "2030-2035"`],
    ["0 5 1 1 ? 2026,2200", `${YEAR}, not "2200", write for example "*" or "2030-2035"`],
  ],
  "names and characters": [
    [
      "0 5 1 MON ? *",
      `"MON" belongs in the day-of-week field, ${MONTH}, write for example "JAN,JUL" or "1/3"`,
    ],
    [
      "0 5 ? * JAN *",
      `"JAN" belongs in the month field, ${DAY_OF_WEEK}, write for example "MON-FRI" or "3#2"`,
    ],
    ["MON 5 1 1 ? *", `"MON" belongs in the day-of-week field, ${MINUTES}, write for example "0" or "30"`],
    ["0 5 ? * Monday *", `${DAY_OF_WEEK}, not "MONDAY", write "MON" in the day-of-week field`],
    [
      "0 5 ? * mon,tues,Thursday *",
      `${DAY_OF_WEEK}, not "TUES", write "MON,TUE,THU" in the day-of-week field`,
    ],
    ["0 5 ? * tues,8 *", `${DAY_OF_WEEK}, not "TUES", write for example "MON-FRI" or "3#2"`],
    ["0 5 ? * month *", `${DAY_OF_WEEK}, not "MONTH", write for example "MON-FRI" or "3#2"`],
    ["0 5 1 january ? *", `${MONTH}, not "JANUARY", write "JAN" in the month field`],
    ["0 5 1 sept ? *", `${MONTH}, not "SEPT", write "SEP" in the month field`],
    ["H 5 * * ? *", `${MINUTES}, not "H", write for example "0" or "30"`],
    ["0 5- * * ? *", `${HOURS}, not "5-", write for example "5,17" or "0/6"`],
    ["0 1-2-3 * * ? *", `${HOURS}, not "1-2-3", write for example "5,17" or "0/6"`],
    ["cron(30 5 * * ? *", `"(" means nothing in a cron field, ${MINUTES}, write for example "0" or "30"`],
    [
      "0 5 ? * MON–FRI *",
      `"–" means nothing in a cron field, ${DAY_OF_WEEK}, write for example "MON-FRI" or "3#2"`,
    ],
    [
      "0 5 ? * ſun *",
      `"ſ" means nothing in a cron field, ${DAY_OF_WEEK}, write for example "MON-FRI" or "3#2"`,
    ],
  ],
  lists: [
    [
      "0 9,18, * * ? *",
      'the list "9,18," of the hours field has an empty item, blanks separate fields and commas separate values, write "9,18"',
    ],
    [
      "0 5 ? * mon,,tues *",
      'the list "MON,,TUES" of the day-of-week field has an empty item, blanks separate fields and commas separate values, write "MON,TUE"',
    ],
    [
      "0 5 ? * 2,,4 *",
      'the list "2,,4" of the day-of-week field has an empty item, blanks separate fields and commas separate values, write "2,4"',
    ],
    [
      "0 , * * ? *",
      'the list "," of the hours field has an empty item, blanks separate fields and commas separate values, write for example "5,17" or "0/6"',
    ],
    ["0 *,5 * * ? *", '"*" already stands for every value of the hours field, write "*" alone'],
  ],
  "dates that never come": [
    ["0 3 31 2 ? *", `${NEVER} "0 3 L 2 ? *" for the last day of the month`],
    ["0 3 30,31 FEB ? *", `${NEVER} "0 3 L FEB ? *" for the last day of the month`],
    ["0 3 31 4,6,9,11 ? *", `${NEVER} "0 3 L 4,6,9,11 ? *" for the last day of the month`],
    ["0 3 29 2 ? 2027", `${NEVER} "0 3 L 2 ? 2027" for the last day of the month`],
    ["0 3 29 2 ? 2100", `${NEVER} "0 3 L 2 ? 2100" for the last day of the month`],
    ["0 3 29 2 ? 2029/4", `${NEVER} "0 3 L 2 ? 2029/4" for the last day of the month`],
    ["0 3 31W 4,6 ? *", `${NEVER} "0 3 L 4,6 ? *" for the last day of the month`],
    ["0 3 29W 2 ? 2027", `${NEVER} "0 3 L 2 ? 2027" for the last day of the month`],
    ["0 3 ? 2 6#5 2027", `${NEVER} "0 3 ? 2 6L 2027" for the last such day of the month`],
    ["0 3 ? 2 MON#5 2032", `${NEVER} "0 3 ? 2 2L 2032" for the last such day of the month`],
  ],
};

function sentence(cron: unknown): string {
  try {
    checkCron(cron);
  } catch (error) {
    expect(error).to.be.instanceOf(InputError);
    return (error as InputError).message;
  }
  throw new Error(`${String(cron)} was accepted`);
}

/** A text in which any characters of the dialect stand, so that the parser's odd corners are reached too. */
const scribble = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc
    .array(fc.string({ unit: fc.constantFrom(..."0123579,-*?/LW#JANMON"), minLength: 1, maxLength: 6 }), {
      minLength: 4,
      maxLength: 8,
    })
    .map((fields) => fields.join(" ")),
);

function items(
  min: number,
  max: number,
  names: string[],
  steps: boolean,
  wraps = false,
): fc.Arbitrary<string> {
  const value = fc.integer({ min, max });
  const text = (number: number): fc.Arbitrary<string> =>
    fc.constantFrom(
      String(number),
      String(number).padStart(2, "0"),
      ...(names.length > 0 ? [names[number - min], names[number - min].toLowerCase()] : []),
    );
  const range = fc
    .tuple(value, value)
    .map((ends) => (wraps ? ends : [Math.min(...ends), Math.max(...ends)]))
    .chain(([first, last]) => fc.tuple(text(first), text(last)))
    .map((ends) => ends.join("-"));
  const step = fc
    .tuple(fc.oneof(fc.constant("*"), value.chain(text)), fc.integer({ min: 1, max: max - min }))
    .map(([start, by]) => `${start}/${by}`);
  return fc.oneof(value.chain(text), range, ...(steps ? [step] : []));
}

function field(...args: Parameters<typeof items>): fc.Arbitrary<string> {
  const list = fc.array(items(...args), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(","));
  return fc.oneof(fc.constant("*"), list);
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const weekday = fc.oneof(fc.integer({ min: 1, max: 7 }).map(String), fc.constantFrom(...WEEKDAYS));
// Days that every month has: what never comes is a matter of the table above.
const dayOfMonth = fc.oneof(
  field(1, 28, [], true),
  fc.constantFrom("L", "l"),
  fc.integer({ min: 1, max: 28 }).map((day) => `${day}W`),
);
const dayOfWeek = fc.oneof(
  field(1, 7, WEEKDAYS, false),
  fc.constant("L"),
  weekday.map((day) => `${day}L`),
  fc.tuple(weekday, fc.integer({ min: 1, max: 4 })).map((parts) => parts.join("#")),
);
const days = fc.oneof(
  dayOfMonth.map((text) => [text, "?"]),
  dayOfWeek.map((text) => ["?", text]),
);
const validFields = fc
  .tuple(
    fc.integer({ min: 0, max: 59 }).map(String),
    field(0, 23, [], true, true),
    days,
    field(1, 12, MONTHS, true),
    field(1970, 2199, [], true),
  )
  .map(([minutes, hours, [ofMonth, ofWeek], month, year]) => [minutes, hours, ofMonth, month, ofWeek, year]);

/** A right expression with that text in the field of that name. */
function withField(label: string, text: string): string {
  const labels = ["minutes", "hours", "day-of-month", "month", "day-of-week", "year"];
  const right = label === "day-of-week" ? ["0", "5", "?", "*", "*", "*"] : ["0", "5", "1", "1", "?", "*"];
  expect(labels).to.include(label);
  return right.map((field, index) => (labels[index] === label ? text : field)).join(" ");
}

describe("the cron expression", () => {
  for (const [cron, registered] of ACCEPTED)
    it(`registers ${JSON.stringify(cron)} as ${registered}`, () =>
      expect(checkCron(cron)).to.equal(registered));

  for (const [kind, cases] of Object.entries(REFUSED))
    describe(`refuses: ${kind}`, () => {
      for (const [cron, reason] of cases)
        it(JSON.stringify(cron), () =>
          expect(sentence(cron)).to.equal(`cron is ${JSON.stringify(cron)}: ${reason}.`),
        );
    });

  it("refuses what is no string", () => {
    const reason = `it must be a string with ${SIX}, ${EXAMPLE}.`;
    const values: [unknown, string][] = [
      [undefined, "undefined"],
      [null, "null"],
      [5, "5"],
      [true, "true"],
      [["30 5 * * ? *"], "a list"],
      [{ toString: () => "30 5 * * ? *" }, "an object"],
      [() => "30 5 * * ? *", "a function"],
    ];
    for (const [value, shown] of values) expect(sentence(value)).to.equal(`cron is ${shown}: ${reason}`);
  });

  it("takes 256 characters as AWS does, and not one more", () => {
    const fields = `0 ${"0".repeat(239)}5 * * ? *`;
    expect(checkCron(fields)).to.have.length(256);
    const longer = fields.replace("5 *", "05 *");
    expect(sentence(longer)).to.equal(
      `cron is ${JSON.stringify(longer)}: AWS takes 256 characters with "cron(" and ")", not 257, write long lists as ranges or steps, for example "1-15" or "*/2".`,
    );
  });

  it("quotes only the beginning of a long text", () => {
    const long = "x".repeat(257);
    expect(sentence(long)).to.satisfy((text: string) =>
      text.startsWith(`cron is "${"x".repeat(256)}" and so on: AWS`),
    );
  });

  it("accepts whatever is made of valid fields, and its own answer again", () => {
    fc.assert(
      fc.property(validFields, (fields) => {
        const registered = checkCron(fields.join("  "));
        expect(registered).to.equal(`cron(${fields.join(" ").toUpperCase()})`);
        expect(checkCron(registered)).to.equal(registered);
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses a valid expression as soon as one field is none", () => {
    const broken = fc.constantFrom(
      "",
      "-",
      "1-",
      "/",
      "1/0",
      "1,,2",
      "99999",
      "x",
      "*,1",
      "?1",
      "1#9",
      "\u200b1",
    );
    fc.assert(
      fc.property(validFields, fc.nat({ max: 5 }), broken, (fields, place, text) => {
        expect(sentence(fields.map((one, index) => (index === place ? text : one)).join(" "))).to.match(
          /^cron is "/,
        );
      }),
      { numRuns: 500 },
    );
  });

  it("refuses in one line that names the input, quotes the value and proposes only what is accepted", () => {
    const known = Object.values(REFUSED).flatMap((cases) => cases.map(([cron]) => [cron] as [string]));
    fc.assert(
      fc.property(scribble, (cron) => {
        let message: string;
        try {
          checkCron(cron);
          return;
        } catch (error) {
          expect(error).to.be.instanceOf(InputError);
          message = (error as InputError).message;
        }
        const [, value, reason] = /^cron is ("(?:[^"\\]|\\.)*"): (.+\.)$/.exec(message) ?? [];
        expect(value, message).to.be.a("string");
        expect(message).not.to.match(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(value)).to.equal(cron);
        expect(reason).not.to.match(/\. /);
        for (const [, proposal] of reason.matchAll(/"((?:[^"\\]|\\.)*)"/g))
          if (proposal.split(" ").length > 1) checkCron(proposal);
        const [, proposal, label] = /write "([^"]*)" in the ([a-z-]+) field\.$/.exec(reason) ?? [];
        if (label !== undefined) checkCron(withField(label, proposal));
      }),
      { numRuns: 2000, examples: known },
    );
  });
});
