/**
 * The words of a help center's pages in each language, one line a language. Languages, dates, numbers and lists come
 * from CLDR, through Intl; what stands here is what CLDR has no words for. `{}` is filled in. A count lists its forms
 * by the plural categories of CLDR, `other` last.
 */
export const columns = [
  'search',
  'placeholder',
  'all',
  'articles',
  'by',
  'updated',
  'contents',
  'related',
  'question',
  'missing',
  'skip',
  'none',
  'language',
  'greeting',
  'open',
  'close',
  'table',
] as const;

export const table = `
ar | بحث | ابحث عن مقالات… | جميع المجموعات | zero=لا مقالات;one=مقال واحد;two=مقالان;few={} مقالات;many={} مقالًا;other={} مقال | بقلم {} | آخر تحديث: {} | جدول المحتويات | مقالات ذات صلة | هل أجاب هذا عن سؤالك؟ | الصفحة غير موجودة | تخطَّ إلى المحتوى | لا توجد نتائج لـ “{}” | اللغة | كيف يمكننا مساعدتك؟ | تكبير | إغلاق | جدول
bg | Търсене | Търсете статии… | Всички колекции | one={} статия;other={} статии | Написано от {} | Актуализирано {} | Съдържание | Свързани статии | Това отговори ли на въпроса ви? | Страницата не е намерена | Към съдържанието | Няма резултати за „{}“ | Език | Как можем да помогнем? | Увеличаване | Затваряне | Таблица
bs | Pretraga | Pretražite članke… | Sve kolekcije | one={} članak;few={} članka;other={} članaka | Napisao/la {} | Ažurirano {} | Sadržaj | Povezani članci | Da li je ovo odgovorilo na vaše pitanje? | Stranica nije pronađena | Preskoči na sadržaj | Nema rezultata za „{}” | Jezik | Kako možemo pomoći? | Uvećaj | Zatvori | Tabela
ca | Cerca | Cerca articles… | Totes les col·leccions | one={} article;other={} articles | Escrit per {} | Actualitzat {} | Taula de continguts | Articles relacionats | Això ha respost la teva pregunta? | No s’ha trobat la pàgina | Vés al contingut | No hi ha resultats per a «{}» | Idioma | Com et podem ajudar? | Amplia | Tanca | Taula
cs | Hledat | Hledat články… | Všechny kolekce | one={} článek;few={} články;many={} článku;other={} článků | Napsal(a) {} | Aktualizováno {} | Obsah | Související články | Odpovědělo to na vaši otázku? | Stránka nenalezena | Přejít k obsahu | Žádné výsledky pro „{}“ | Jazyk | Jak můžeme pomoci? | Zvětšit | Zavřít | Tabulka
da | Søg | Søg efter artikler… | Alle samlinger | one={} artikel;other={} artikler | Skrevet af {} | Opdateret {} | Indholdsfortegnelse | Relaterede artikler | Besvarede dette dit spørgsmål? | Siden blev ikke fundet | Spring til indhold | Ingen resultater for “{}” | Sprog | Hvordan kan vi hjælpe? | Forstør | Luk | Tabel
de | Suche | Nach Artikeln suchen… | Alle Sammlungen | other={} Artikel | Geschrieben von {} | Aktualisiert {} | Inhalt | Ähnliche Artikel | Hat das Ihre Frage beantwortet? | Seite nicht gefunden | Zum Inhalt springen | Keine Ergebnisse für „{}“ | Sprache | Wie können wir helfen? | Vergrößern | Schließen | Tabelle
el | Αναζήτηση | Αναζήτηση άρθρων… | Όλες οι συλλογές | one={} άρθρο;other={} άρθρα | Συντάχθηκε από {} | Ενημερώθηκε {} | Περιεχόμενα | Σχετικά άρθρα | Απαντήθηκε η ερώτησή σας; | Η σελίδα δεν βρέθηκε | Μετάβαση στο περιεχόμενο | Κανένα αποτέλεσμα για «{}» | Γλώσσα | Πώς μπορούμε να βοηθήσουμε; | Μεγέθυνση | Κλείσιμο | Πίνακας
en | Search | Search for articles… | All Collections | one={} article;other={} articles | Written by {} | Updated {} | Table of contents | Related Articles | Did this answer your question? | Page not found | Skip to main content | No results for “{}” | Language | How can we help? | Enlarge | Close | Table
es | Buscar | Buscar artículos… | Todas las colecciones | one={} artículo;other={} artículos | Escrito por {} | Actualizado {} | Tabla de contenidos | Artículos relacionados | ¿Ha quedado contestada tu pregunta? | Página no encontrada | Ir al contenido principal | No hay resultados para «{}» | Idioma | ¿Cómo podemos ayudarte? | Ampliar | Cerrar | Tabla
et | Otsing | Otsi artikleid… | Kõik kogumikud | one={} artikkel;other={} artiklit | Autor: {} | Uuendatud {} | Sisukord | Seotud artiklid | Kas see vastas teie küsimusele? | Lehte ei leitud | Liigu sisu juurde | Päringule „{}“ ei leitud vasteid | Keel | Kuidas saame aidata? | Suurenda | Sulge | Tabel
fi | Haku | Hae artikkeleita… | Kaikki kokoelmat | one={} artikkeli;other={} artikkelia | Kirjoittanut {} | Päivitetty {} | Sisällysluettelo | Aiheeseen liittyvät artikkelit | Saitko vastauksen kysymykseesi? | Sivua ei löytynyt | Siirry sisältöön | Ei tuloksia haulle ”{}” | Kieli | Miten voimme auttaa? | Suurenna | Sulje | Taulukko
fr | Recherche | Rechercher des articles… | Toutes les collections | one={} article;other={} articles | Écrit par {} | Mis à jour {} | Table des matières | Articles associés | Avez-vous trouvé la réponse à votre question ? | Page introuvable | Aller au contenu principal | Aucun résultat pour « {} » | Langue | Comment pouvons-nous vous aider ? | Agrandir | Fermer | Tableau
he | חיפוש | חיפוש מאמרים… | כל האוספים | one=מאמר אחד;two=שני מאמרים;other={} מאמרים | נכתב על ידי {} | עודכן {} | תוכן העניינים | מאמרים קשורים | האם זה ענה על השאלה שלך? | הדף לא נמצא | דילוג לתוכן הראשי | אין תוצאות עבור ”{}” | שפה | איך אפשר לעזור? | הגדלה | סגירה | טבלה
hr | Pretraga | Pretražite članke… | Sve zbirke | one={} članak;few={} članka;other={} članaka | Napisao/la {} | Ažurirano {} | Sadržaj | Povezani članci | Je li ovo odgovorilo na vaše pitanje? | Stranica nije pronađena | Preskoči na sadržaj | Nema rezultata za „{}” | Jezik | Kako možemo pomoći? | Povećaj | Zatvori | Tablica
hu | Keresés | Cikkek keresése… | Összes gyűjtemény | other={} cikk | Szerző: {} | Frissítve: {} | Tartalomjegyzék | Kapcsolódó cikkek | Választ kapott a kérdésére? | Az oldal nem található | Ugrás a tartalomra | Nincs találat erre: „{}” | Nyelv | Miben segíthetünk? | Nagyítás | Bezárás | Táblázat
id | Cari | Cari artikel… | Semua Koleksi | other={} artikel | Ditulis oleh {} | Diperbarui {} | Daftar isi | Artikel terkait | Apakah ini menjawab pertanyaan Anda? | Halaman tidak ditemukan | Langsung ke konten utama | Tidak ada hasil untuk “{}” | Bahasa | Apa yang bisa kami bantu? | Perbesar | Tutup | Tabel
it | Cerca | Cerca articoli… | Tutte le raccolte | one={} articolo;other={} articoli | Scritto da {} | Aggiornato {} | Sommario | Articoli correlati | Hai trovato la risposta che cercavi? | Pagina non trovata | Vai al contenuto principale | Nessun risultato per «{}» | Lingua | Come possiamo aiutarti? | Ingrandisci | Chiudi | Tabella
ja | 検索 | 記事を検索… | すべてのコレクション | other={} 件の記事 | 作成者：{} | 更新：{} | 目次 | 関連記事 | こちらの回答で解決しましたか？ | ページが見つかりません | メインコンテンツにスキップ | 「{}」に一致する結果はありません | 言語 | どのようなことでお困りですか？ | 拡大 | 閉じる | 表
ko | 검색 | 문서 검색… | 모든 컬렉션 | other=문서 {}개 | 작성자: {} | 업데이트: {} | 목차 | 관련 문서 | 답변이 도움이 되었나요? | 페이지를 찾을 수 없습니다 | 본문으로 건너뛰기 | “{}”에 대한 검색 결과가 없습니다 | 언어 | 무엇을 도와드릴까요? | 크게 보기 | 닫기 | 표
lt | Paieška | Ieškoti straipsnių… | Visos kolekcijos | one={} straipsnis;few={} straipsniai;many={} straipsnio;other={} straipsnių | Parašė {} | Atnaujinta {} | Turinys | Susiję straipsniai | Ar tai atsakė į jūsų klausimą? | Puslapis nerastas | Pereiti prie turinio | Pagal užklausą „{}“ nieko nerasta | Kalba | Kuo galime padėti? | Padidinti | Uždaryti | Lentelė
lv | Meklēt | Meklēt rakstus… | Visas kolekcijas | zero={} rakstu;one={} raksts;other={} raksti | Autors: {} | Atjaunināts {} | Saturs | Saistītie raksti | Vai tas atbildēja uz jūsu jautājumu? | Lapa nav atrasta | Pāriet uz saturu | Nav rezultātu vaicājumam “{}” | Valoda | Kā varam palīdzēt? | Palielināt | Aizvērt | Tabula
mn | Хайх | Нийтлэл хайх… | Бүх цуглуулга | other={} нийтлэл | Бичсэн: {} | Шинэчилсэн: {} | Гарчиг | Холбоотой нийтлэлүүд | Энэ таны асуултад хариулсан уу? | Хуудас олдсонгүй | Үндсэн агуулга руу очих | “{}” гэсэн хайлтад илэрц алга | Хэл | Бид яаж туслах вэ? | Томруулах | Хаах | Хүснэгт
nb | Søk | Søk etter artikler… | Alle samlinger | one={} artikkel;other={} artikler | Skrevet av {} | Oppdatert {} | Innhold | Relaterte artikler | Svarte dette på spørsmålet ditt? | Fant ikke siden | Gå til hovedinnhold | Ingen treff for «{}» | Språk | Hva kan vi hjelpe med? | Forstørr | Lukk | Tabell
nl | Zoeken | Zoeken naar artikelen… | Alle collecties | one={} artikel;other={} artikelen | Geschreven door {} | Bijgewerkt {} | Inhoudsopgave | Gerelateerde artikelen | Was dit een antwoord op je vraag? | Pagina niet gevonden | Naar de inhoud | Geen resultaten voor ‘{}’ | Taal | Hoe kunnen we helpen? | Vergroten | Sluiten | Tabel
pl | Szukaj | Szukaj artykułów… | Wszystkie kolekcje | one={} artykuł;few={} artykuły;many={} artykułów;other={} artykułu | Autor: {} | Zaktualizowano {} | Spis treści | Powiązane artykuły | Czy to odpowiedziało na twoje pytanie? | Nie znaleziono strony | Przejdź do treści | Brak wyników dla „{}” | Język | Jak możemy pomóc? | Powiększ | Zamknij | Tabela
pt | Pesquisar | Pesquisar artigos… | Todas as coleções | one={} artigo;other={} artigos | Escrito por {} | Atualizado {} | Índice | Artigos relacionados | Isto respondeu à sua pergunta? | Página não encontrada | Avançar para o conteúdo | Sem resultados para “{}” | Idioma | Como podemos ajudar? | Ampliar | Fechar | Tabela
ro | Căutare | Caută articole… | Toate colecțiile | one={} articol;few={} articole;other={} de articole | Scris de {} | Actualizat {} | Cuprins | Articole similare | A răspuns la întrebarea dvs.? | Pagina nu a fost găsită | Salt la conținut | Niciun rezultat pentru „{}” | Limbă | Cu ce vă putem ajuta? | Mărește | Închide | Tabel
ru | Поиск | Поиск статей… | Все коллекции | one={} статья;few={} статьи;many={} статей;other={} статьи | Автор: {} | Обновлено {} | Содержание | Похожие статьи | Нашли ответ на свой вопрос? | Страница не найдена | Перейти к содержанию | По запросу «{}» ничего не найдено | Язык | Чем мы можем помочь? | Увеличить | Закрыть | Таблица
sl | Iskanje | Iskanje člankov… | Vse zbirke | one={} članek;two={} članka;few={} članki;other={} člankov | Avtor: {} | Posodobljeno {} | Kazalo | Sorodni članki | Ste dobili odgovor na svoje vprašanje? | Strani ni mogoče najti | Preskoči na vsebino | Ni rezultatov za »{}« | Jezik | Kako vam lahko pomagamo? | Povečaj | Zapri | Tabela
sr | Претрага | Претражите чланке… | Све збирке | one={} чланак;few={} чланка;other={} чланака | Аутор: {} | Ажурирано {} | Садржај | Сродни чланци | Да ли је ово одговорило на ваше питање? | Страница није пронађена | Пређи на садржај | Нема резултата за „{}“ | Језик | Како можемо да помогнемо? | Увећај | Затвори | Табела
sv | Sök | Sök efter artiklar… | Alla samlingar | one={} artikel;other={} artiklar | Skriven av {} | Uppdaterad {} | Innehåll | Relaterade artiklar | Besvarade detta din fråga? | Sidan hittades inte | Hoppa till innehållet | Inga träffar för ”{}” | Språk | Hur kan vi hjälpa till? | Förstora | Stäng | Tabell
tr | Ara | Makale ara… | Tüm Koleksiyonlar | other={} makale | Yazan: {} | Güncellendi: {} | İçindekiler | İlgili makaleler | Bu, sorunuzu yanıtladı mı? | Sayfa bulunamadı | Ana içeriğe geç | “{}” için sonuç bulunamadı | Dil | Nasıl yardımcı olabiliriz? | Büyüt | Kapat | Tablo
vi | Tìm kiếm | Tìm bài viết… | Tất cả bộ sưu tập | other={} bài viết | Viết bởi {} | Cập nhật {} | Mục lục | Bài viết liên quan | Bài viết này có trả lời câu hỏi của bạn không? | Không tìm thấy trang | Chuyển đến nội dung chính | Không có kết quả cho “{}” | Ngôn ngữ | Chúng tôi có thể giúp gì cho bạn? | Phóng to | Đóng | Bảng
pt-BR | Buscar | Buscar artigos… | Todas as coleções | one={} artigo;other={} artigos | Escrito por {} | Atualizado {} | Índice | Artigos relacionados | Isto respondeu à sua pergunta? | Página não encontrada | Ir para o conteúdo principal | Nenhum resultado para “{}” | Idioma | Como podemos ajudar? | Ampliar | Fechar | Tabela
zh-CN | 搜索 | 搜索文章… | 所有合集 | other={} 篇文章 | 作者：{} | 更新于 {} | 目录 | 相关文章 | 这是否解答了您的问题？ | 找不到页面 | 跳转到主要内容 | 未找到与“{}”相关的结果 | 语言 | 我们能帮您什么？ | 放大 | 关闭 | 表格
zh-TW | 搜尋 | 搜尋文章… | 所有集合 | other={} 篇文章 | 作者：{} | 更新於 {} | 目錄 | 相關文章 | 這是否回答了您的問題？ | 找不到頁面 | 跳至主要內容 | 找不到與「{}」相關的結果 | 語言 | 我們能幫您什麼？ | 放大 | 關閉 | 表格
`;
